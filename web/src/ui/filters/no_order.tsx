// Said above a list whose address asks for an order that its form does not allow (any more).
import type { FormRef } from '@/api/metadata';
import { Notice } from '../notice';
import { columnOf } from '../values/columns';
import type { ValueContext } from '../values/field_value';
import type { ListControl } from './use_list_state';

export function NoOrder({ context, form, control }: { context: ValueContext; form: FormRef;
  control: ListControl; }) {
  const { noOrder } = control;
  if (noOrder === null) return null;
  const name = columnOf(context, form, noOrder)?.title ?? noOrder;
  return (
    <Notice meaning="attention" role="status">
      <p>{context.words.t('register.noOrder', { name })}</p>
    </Notice>
  );
}
