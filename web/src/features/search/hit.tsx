// One record that was found: its title and state, and the first field in which the words stand.
import { stateLabel } from '@/api/metadata';
import type { FormRef } from '@/api/metadata';
import type { RecordItem, References } from '@/api/types';
import { snippet } from '@/lib/snippet';
import type { Part } from '@/lib/snippet';
import { Link } from '@/lib/router';
import { Status } from '@/ui/status';
import { useValueContext, valueText } from '@/ui/values/field_value';

export interface HitProps {
  form: FormRef;
  item: RecordItem;
  references: References | undefined;
  words: string;
}

// Parts of one text never change places: their place is their key.
function Marked({ parts }: { parts: Part[] }) {
  let at = 0;
  return parts.map(({ text, isHit }) => {
    at += text.length;
    return isHit ? <mark key={at}>{text}</mark> : <span key={at}>{text}</span>;
  });
}

export function Hit({ form, item, references, words }: HitProps) {
  const context = useValueContext(form.pack, references);
  const { l } = context.words;
  const inTitle = snippet(item.title, words);
  const places = inTitle ? [] : Object.entries(form.form.fields)
    .filter(([id, field]) => field.searchable && item.fields[id] !== undefined)
    .flatMap(([id, field]) => {
      const parts = snippet(valueText(context, field, item.fields[id]), words);
      return parts ? [{ id, label: l(field.label), parts }] : [];
    });
  const place = places[0];
  return (
    <li className="hit">
      <div className="row">
        <Link to={`/records/${item.id}`}>
          {inTitle ? <Marked parts={inTitle} /> : item.title}
        </Link>
        {item.state && (
          <Status meaning={item.state.meaning} label={l(stateLabel(form, item.state))} />
        )}
      </div>
      {place && (
        <p className="small"><span className="muted">{place.label}:</span>{' '}
          <Marked parts={place.parts} />
        </p>
      )}
    </li>
  );
}
