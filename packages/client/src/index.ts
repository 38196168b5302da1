export { createSalaClient, type Api, type SalaClient, type SalaClientOptions, type Way } from './client.ts';
export { type End, SalaEnded } from './end.ts';
export type { Followed } from './follow.ts';
export { refusalOf } from './refusal.ts';
export type {
  ConversationId,
  InboxRow,
  InboxView,
  OperatorId,
  Refusal,
  RoomEvent,
  RoomFact,
  RoomView,
} from '@sala/contracts';
