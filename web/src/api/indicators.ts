// The indicators of packs and their figures: the shapes in the API, and asking for them.
import { useQuery } from '@tanstack/react-query';

import type { DateWindow } from '@/lib/dates';

import { request } from './client';
import type { AsOf } from './queries';
import type { Text } from './types';

export interface Indicator {
  name: string;                          // "pack/id"
  title: Text;
  definition: Text;
  unit: Text;
  measure: 'count' | 'sum' | 'share' | 'rate';
  perspective: Text;
  source: { title: Text; kind: string; reference?: string; url?: string };
  pack: { name: string; title: Text; version: string; hash: string };
  form: { name: string; title: Text };
  where?: string;                        // FEEL over the fields of the form
  days?: DateWindow;                     // of its figures: of which days rows count
  part?: string;
  of?: Text;
  by?: Text;
  per?: number;
  already_public: boolean;
  threshold?: number;
}

// Of a figure that was protected, what would tell too much is absent.
export interface Figure {
  number: string | null;                 // a decimal; null: there is none
  rows?: number;
  undetermined?: number;
  part?: number;
  part_undetermined?: number;
  valued?: number;                       // rows of which what is added up is known
  of_total?: string;
  by_total?: string;
  withheld?: boolean;                    // hidden, so that nobody can be recognised
  before?: string;                       // in the edition before; absent: not to be compared
}

export interface DimensionValue extends Figure {
  code: string | null;
  label: Text;
}

export interface Dimension {
  id: string;
  title: Text;
  by: 'value' | 'year' | 'half_year';
  overlaps?: boolean;                    // a row may count under several values
  values: DimensionValue[];              // in the order of list, time or names
}

export interface IndicatorFigures extends Indicator {
  on: string;
  known_at?: string;
  total: Figure;
  dimensions: Dimension[];
}

export interface FrozenIndicator extends Indicator {
  definition_changed?: boolean;          // since the edition before: nothing is compared
  before_days?: DateWindow;              // of which days that edition counted
  total: Figure;
  dimensions: Dimension[];
}

// The value of a field of type `figures`: figures that stay as they were published.
export interface FrozenFigures {
  on: string;
  known_at: string;
  released?: string;                     // absent: a draft
  before?: { record: string; on: string };
  corrects?: string;                     // another record
  indicators: FrozenIndicator[];
}

// The other value of such a field: what was counted, of which only the number of tables is shown.
export interface CountedTables {
  tables: { indicator: string; name: string }[];
}

export type FiguresValue = FrozenFigures | CountedTables;

export function isFrozen(value: FiguresValue): value is FrozenFigures {
  return 'indicators' in value;
}

export function useIndicators() {
  return useQuery({
    queryKey: ['indicators'],
    queryFn: () => request<{ items: Indicator[] }>('/v1/indicators'),
    select: (answer) => answer.items,
  });
}

export function useIndicator(name: string, asOf: AsOf) {
  const query = new URLSearchParams(Object.entries(asOf)).toString();
  return useQuery({
    queryKey: ['indicators', name, query],
    queryFn: () => request<IndicatorFigures>(`/v1/indicators/${name}${query && `?${query}`}`),
  });
}
