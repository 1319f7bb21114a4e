// The values that a type of a model allows, in words.
import type { ModelType } from '@/api/models';
import { useWords } from '@/lib/i18n';
import { hasModelWords } from '@/ui/interview/cell_words';
import { allowedWords } from '@/ui/interview/type_words';
import { ModelText } from '@/ui/values/model_text';

export function Allowed({ type }: { type: ModelType }) {
  const text = allowedWords(type, useWords());
  if (!text) return '–';
  return hasModelWords(type.allowed ?? type.item?.allowed ?? '')
    ? <ModelText>{text}</ModelText> : text;
}
