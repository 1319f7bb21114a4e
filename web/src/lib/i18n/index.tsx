// The language of the page: t() for the interface's own words, l() for texts of the metadata, and
// dates and numbers as that language writes them.
import { createContext, useContext, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';

import type { Lang } from '../dates';
import { recall, remember } from '../storage';
import { nl } from './nl';
import type { MessageKey, Messages } from './nl';

export type { MessageKey } from './nl';
export type Translate = (key: MessageKey, values?: Record<string, string | number>) => string;

export interface Words {
  lang: Lang;
  t: Translate;
  l: (text: { nl: string; en: string } | string | undefined) => string;
  setLang: (lang: Lang) => void;
}

export function fill(template: string, values: Record<string, string | number> = {}): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

export function makeWords(lang: Lang, messages: Messages, setLang: (lang: Lang) => void): Words {
  return {
    lang,
    setLang,
    t: (key, values) => fill(messages[key], values),
    l: (text) => (typeof text === 'string' ? text : text?.[lang] ?? text?.nl ?? ''),
  };
}

const WordsContext = createContext<Words>(makeWords('nl', nl, () => undefined));

export function useWords(): Words {
  return useContext(WordsContext);
}

export interface LanguageProps {
  onChange: (lang: Lang) => void;
  children: ReactNode;
}

// English comes in a file of its own, when asked for.
export function LanguageProvider({ onChange, children }: LanguageProps) {
  const [lang, setLang] = useState<Lang>(() => recall<Lang>('language', 'nl'));
  const [english, setEnglish] = useState<Messages | null>(null);
  useEffect(() => {
    document.documentElement.lang = lang;
    remember('language', lang);
    onChange(lang);
    if (lang === 'en') void import('./en').then((module) => { setEnglish(module.en); });
  }, [lang, onChange]);
  const words = useMemo(
    () => makeWords(lang, lang === 'en' && english ? english : nl, setLang), [lang, english]);
  if (lang === 'en' && !english) return null;
  return <WordsContext value={words}>{children}</WordsContext>;
}
