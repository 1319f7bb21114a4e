// Texts of a decision model. A model has them in one language (docs/formats/dmn.md); on a page in
// another they say so, for who has the page read aloud (WCAG 3.1.2).
import { Fragment } from 'react';
import type { ReactNode } from 'react';

import type { Lang } from '@/lib/dates';
import { joinWords } from '@/lib/format';
import { useWords } from '@/lib/i18n';
import type { MessageKey } from '@/lib/i18n';

const kModelLang: Lang = 'nl';

// For `lang` of an element with a text of a model; undefined where the page is in that language.
export function useModelLang(): Lang | undefined {
  const { lang } = useWords();
  return lang === kModelLang ? undefined : kModelLang;
}

export function ModelText({ children }: { children: ReactNode }) {
  const lang = useModelLang();
  return lang ? <span lang={lang}>{children}</span> : children;
}

function filled(template: string, values: Record<string, ReactNode>): ReactNode[] {
  return template.split(/\{(\w+)\}/).map((part, index) => (
    <Fragment key={index}>{index % 2 ? values[part] : part}</Fragment>));
}

// A sentence of the interface with texts of the model in it.
export function ModelSentence({ says, values }: { says: MessageKey;
  values: Record<string, ReactNode>; }) {
  const { t } = useWords();
  return filled(t(says), values);
}

// "a, b and c", where only the names are of the model.
export function ModelNames({ names }: { names: string[] }) {
  const { lang } = useWords();
  return filled(joinWords(names.map((_, index) => `{${index}}`), lang),
    Object.fromEntries(names.map((name, index) => (
      [index, <ModelText key={index}>{name}</ModelText>]))));
}

// Above questions, for who reads the page in another language.
export function ModelLangNote() {
  const { t } = useWords();
  return useModelLang() ? <p>{t('models.inDutch')}</p> : null;
}
