import { z } from 'zod';
import { Text } from './text.ts';

/** Ids of conversations, sessions, messages, operators and channels are opaque: nothing may be read out of them. */
const Id = Text.min(1).max(64);

export const ConversationId = Id;
export type ConversationId = z.infer<typeof ConversationId>;
export const SessionId = Id;
export type SessionId = z.infer<typeof SessionId>;
export const OperatorId = Id;
export type OperatorId = z.infer<typeof OperatorId>;
export const TeamId = Id;
export type TeamId = z.infer<typeof TeamId>;
export const ChannelId = Id;
export type ChannelId = z.infer<typeof ChannelId>;

/** A message's id. Operators' messages are named by their composer (a UUID), so that sending twice sends once. */
export const MessageId = Id;
export type MessageId = z.infer<typeof MessageId>;

/** An instant in UTC, as `2026-11-20T09:30:00.000Z`. */
export const Instant = z.iso.datetime();
export type Instant = z.infer<typeof Instant>;
