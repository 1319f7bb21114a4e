// The questions about an account that a new one and a change have in common.
import { heldRoleTitle, holdableRoles } from '@/api/metadata';
import { useCatalogue } from '@/api/queries';
import type { Organisation } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { FieldFrame, GroupFrame } from '@/ui/fields/frame';
import { TextField } from '@/ui/fields/text_field';

export interface AccountParts {
  name: string;
  organisation: string;
  roles: string[];
}

export interface AccountFieldsProps {
  id: string;
  value: AccountParts;
  organisations: Organisation[];
  onChange: (part: Partial<AccountParts>) => void;
}

export function AccountFields({ id, value, organisations, onChange }: AccountFieldsProps) {
  const { t, l } = useWords();
  const catalogue = useCatalogue().data ?? { packs: [] };
  // A role of a pack that is not active any more can still be taken away.
  const roles = [...new Set([...holdableRoles(catalogue), ...value.roles])];
  return (
    <>
      <TextField id={`${id}-name`} label={t('admin.name')} value={value.name}
        onChange={(name) => { onChange({ name }); }} />
      <FieldFrame id={`${id}-organisation`} label={t('admin.organisation')}>
        <select id={`${id}-organisation`} value={value.organisation}
          className="utrecht-select utrecht-select--html-select"
          onChange={(event) => { onChange({ organisation: event.target.value }); }}>
          <option value="">{t('form.choose')}</option>
          {organisations.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}
        </select>
      </FieldFrame>
      <GroupFrame id={`${id}-roles`} label={t('admin.roles')}>
        {roles.map((role) => (
          <label key={role} className="check">
            <input type="checkbox" className="utrecht-checkbox"
              checked={value.roles.includes(role)}
              onChange={(event) => {
                onChange({ roles: event.target.checked ? [...value.roles, role]
                  : value.roles.filter((one) => one !== role) });
              }} />
            {l(heldRoleTitle(catalogue, role))}
          </label>
        ))}
      </GroupFrame>
    </>
  );
}
