// The Dutch words of the interface, in one table; the English table has the same keys.
import { nlEditions } from './nl_editions';
import { nlHandover } from './nl_handover';
import { nlImports } from './nl_imports';
import { nlIndicators } from './nl_indicators';
import { nlLetters } from './nl_letters';
import { nlModels } from './nl_models';
import { nlNorms } from './nl_norms';
import { nlOpenData } from './nl_open_data';
import { nlOutbox } from './nl_outbox';
import { nlPrivacy } from './nl_privacy';
import { nlRead } from './nl_read';
import { nlRetention } from './nl_retention';
import { nlRounds } from './nl_rounds';
import { nlRules } from './nl_rules';
import { nlWrite } from './nl_write';

export const nl = {
  ...nlEditions, ...nlHandover, ...nlImports, ...nlIndicators, ...nlLetters, ...nlModels,
  ...nlNorms, ...nlOpenData, ...nlOutbox, ...nlPrivacy, ...nlRead, ...nlRetention, ...nlRounds,
  ...nlRules, ...nlWrite,
};

export type MessageKey = keyof typeof nl;
export type Messages = Record<MessageKey, string>;
