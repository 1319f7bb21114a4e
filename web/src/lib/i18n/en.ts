// The English words of the interface, in one table.
import { enEditions } from './en_editions';
import { enHandover } from './en_handover';
import { enImports } from './en_imports';
import { enIndicators } from './en_indicators';
import { enLetters } from './en_letters';
import { enModels } from './en_models';
import { enNorms } from './en_norms';
import { enOpenData } from './en_open_data';
import { enOutbox } from './en_outbox';
import { enPrivacy } from './en_privacy';
import { enRead } from './en_read';
import { enRetention } from './en_retention';
import { enRounds } from './en_rounds';
import { enRules } from './en_rules';
import { enWrite } from './en_write';
import type { Messages } from './nl';

export const en: Messages = {
  ...enEditions, ...enHandover, ...enImports, ...enIndicators, ...enLetters, ...enModels,
  ...enNorms, ...enOpenData, ...enOutbox, ...enPrivacy, ...enRead, ...enRetention, ...enRounds,
  ...enRules, ...enWrite,
};
