// What a reader chooses of on a map or a grid: one value at a time of each field.
import type { BlockData } from './use_block';
import type { Choice } from './use_map';

export function Choices({ data, choices }: { data: BlockData; choices: Choice[] }) {
  const { l } = data.context.words;
  const shown = choices.filter(({ heads }) => heads.length > 0);
  if (!shown.length) return null;
  return (
    <div className="row map-choices">
      {shown.map(({ field, heads, value }) => {
        const id = `${data.block.id}-${field}`;
        return (
          <span key={field} className="map-choice">
            <label htmlFor={id} className="small">{l(data.form.form.fields[field]?.label)}</label>
            <select id={id} className="utrecht-select utrecht-select--html-select" value={value}
              onChange={(event) => {
                data.control.setFilter(field, { anyOf: [event.target.value] });
              }}>
              {heads.map((head) => (
                <option key={head.value} value={head.value}>{head.label}</option>
              ))}
            </select>
          </span>
        );
      })}
    </div>
  );
}
