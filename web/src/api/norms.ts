// What norms say of a record: the shapes in the API, and asking for them.
import { useQuery } from '@tanstack/react-query';

import { request } from './client';
import type { ModelAnswer } from './models';
import { keys } from './queries';
import type { RuleWhy, Text } from './types';

export interface NormDecision extends ModelAnswer {
  model: string;
  decision: string;
  inputs: { name: string; why: RuleWhy }[];
}

// What a norm is, whatever record it is held against.
export interface NormItself {
  id: string;
  title: Text;
  framework: Text;
  theme?: Text;
  source: { title: Text; kind: string; reference?: string; url?: string };
  article?: string;
  from?: string;
  to?: string;
  judges: { role: string; title: Text }[];
}

export interface Norm extends NormItself {
  withheld: boolean;                     // the rest is absent then
  applies?: boolean;
  outcome?: 'yes' | 'no' | 'unknown';
  missing?: { name: string; label: Text }[];
  errors?: Text[];
  why?: { applies_if?: RuleWhy; rule?: RuleWhy; decision?: NormDecision };
}

export interface NormOfPack extends NormItself {
  form: { name: string; title: Text };
  applies_if?: string;                   // FEEL over the fields of the form
  rule?: string;
  decision?: {
    model: string;
    decision: string;
    inputs: { name: string; rule: string }[];
    meets: string[];
    breaks: string[];
  };
}

export interface NormsOfRecord {
  on: string;
  pack: { name: string; version: string; hash: string };
  items: Norm[];
}

export function useNorms(id: string, isWanted: boolean) {
  return useQuery({
    queryKey: [...keys.record(id), 'norms'],
    queryFn: () => request<NormsOfRecord>(`/v1/records/${id}/norms`),
    enabled: isWanted,
  });
}

export function usePackNorms(pack: string) {
  return useQuery({
    queryKey: ['packs', pack, 'norms'],
    queryFn: () => request<{ items: NormOfPack[] }>(`/v1/packs/${pack}/norms`),
    select: (answer) => answer.items,
  });
}
