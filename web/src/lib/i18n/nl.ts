// The Dutch words of the interface, in one table; the English table has the same keys.
import { nlHandover } from './nl_handover';
import { nlOutbox } from './nl_outbox';
import { nlPrivacy } from './nl_privacy';
import { nlRead } from './nl_read';
import { nlWrite } from './nl_write';

export const nl = { ...nlHandover, ...nlOutbox, ...nlPrivacy, ...nlRead, ...nlWrite };

export type MessageKey = keyof typeof nl;
export type Messages = Record<MessageKey, string>;
