// Reads the record that a form acts on, and its form, before showing it.
import type { ReactNode } from 'react';

import { findForm } from '@/api/metadata';
import type { FormRef } from '@/api/metadata';
import { ApiProblem } from '@/api/problem';
import { useCatalogue, useRecord } from '@/api/queries';
import type { RecordView } from '@/api/types';
import { ProblemPage } from '@/ui/problem_view';
import { Skeleton } from '@/ui/skeleton';

export interface LoadedRecordProps {
  id: string;
  children: (record: RecordView, form: FormRef) => ReactNode;
}

export function LoadedRecord({ id, children }: LoadedRecordProps) {
  const catalogue = useCatalogue().data;
  const record = useRecord(id);
  if (record.isPending || !catalogue) return <Skeleton hasTitle lines={9} />;
  if (record.isError) {
    return <ProblemPage error={record.error} onRetry={() => void record.refetch()} />;
  }
  const form = findForm(catalogue, record.data.form);
  if (!form) return <ProblemPage error={new ApiProblem(404, {})} />;
  return children(record.data, form);
}
