// The questions about an account that a new one and a change have in common, with what is wrong
// beside each of them.
import { heldRoleTitle, holdableRoles } from '@/api/metadata';
import { problemsInOrder } from '@/api/problem';
import { useCatalogue } from '@/api/queries';
import type { Organisation } from '@/api/types';
import { useWords } from '@/lib/i18n';
import type { Chosen } from '@/ui/fields/chooser';
import { Checks } from '@/ui/fields/checks';
import { ErrorSummary } from '@/ui/fields/error_summary';
import { FieldFrame, describedBy } from '@/ui/fields/frame';
import { focusOnElement } from '@/ui/fields/places';
import { TextField } from '@/ui/fields/text_field';
import { ProblemNotice } from '@/ui/problem_view';
import { AccountSubject } from './account_subject';

export interface AccountParts {
  login?: string;                // of a new one; that of an account does not change
  name: string;
  organisation: string;
  roles: string[];
  subject: Chosen;
}

// In the order in which they are asked.
const kPlaces = ['login', 'name', 'organisation', 'roles', 'subject'];

export interface AccountFieldsProps {
  id: string;                    // begins those of the fields
  value: AccountParts;
  organisations: Organisation[];
  error: unknown;                // of the last try
  attempt: number;               // when that was; 0: there is none
  onChange: (part: Partial<AccountParts>) => void;
}

export function AccountFields(props: AccountFieldsProps) {
  const { id, value, organisations, error, attempt, onChange } = props;
  const { t, l } = useWords();
  const catalogue = useCatalogue().data ?? { packs: [] };
  // A role of a pack that is not active any more can still be taken away.
  const roles = [...new Set([...holdableRoles(catalogue), ...value.roles])];
  const idOf = (place: string) => `${id}-${place}`;
  const errors = problemsInOrder(error, kPlaces);
  const wrong = errors.get('organisation');
  return (
    <>
      {attempt > 0 && !errors.size && <ProblemNotice error={error} />}
      <ErrorSummary errors={errors} attempt={attempt} idOf={idOf}
        onJump={(place) => { focusOnElement(idOf(place)); }} />
      {value.login !== undefined && (
        <TextField id={idOf('login')} label={t('admin.login')} error={errors.get('login')}
          value={value.login} onChange={(login) => { onChange({ login }); }} />
      )}
      <TextField id={idOf('name')} label={t('admin.name')} error={errors.get('name')}
        value={value.name} onChange={(name) => { onChange({ name }); }} />
      <FieldFrame id={idOf('organisation')} label={t('admin.organisation')} error={wrong}>
        <select id={idOf('organisation')} value={value.organisation} aria-required
          aria-invalid={wrong ? true : undefined}
          aria-describedby={describedBy({ id: idOf('organisation'), error: wrong })}
          className={`utrecht-select utrecht-select--html-select${
            wrong ? ' utrecht-select--invalid' : ''}`}
          onChange={(event) => { onChange({ organisation: event.target.value }); }}>
          <option value="">{t('form.choose')}</option>
          {organisations.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}
        </select>
      </FieldFrame>
      <Checks id={idOf('roles')} label={t('admin.roles')} error={errors.get('roles')}
        chosen={value.roles}
        options={roles.map((role) => ({ value: role, label: l(heldRoleTitle(catalogue, role)) }))}
        onChange={(chosen) => { onChange({ roles: chosen }); }} />
      <AccountSubject id={idOf('subject')} value={value.subject} error={errors.get('subject')}
        onChange={(subject) => { onChange({ subject }); }} />
    </>
  );
}
