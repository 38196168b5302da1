import { MESSAGE_EXAMPLES } from './lineMessages.ts';

/** What an example comes to: a fact in the log, or null for what is kept aside because it belongs to no conversation. */
export type LineExample = { name: string; event: Record<string, unknown>; shown: Record<string, unknown> | null };

/**
 * One event of every kind that LINE documents, as its reference describes them, without the fields that all have in
 * common. `source` is a user unless another one is named.
 */
export const LINE_EXAMPLES: LineExample[] = [
  ...MESSAGE_EXAMPLES,
  {
    name: 'messageEdited (groups only, text only)',
    event: {
      type: 'messageEdited',
      source: {
        type: 'group',
        groupId: 'Cb2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2',
        userId: 'Ua1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1',
      },
      message: { type: 'text', id: '600000000000000002', text: '@All need help today', quoteToken: 'qt-edit' },
    },
    shown: { type: 'line.reported', kind: 'messageEdited' },
  },
  {
    name: 'unsend',
    event: { type: 'unsend', unsend: { messageId: '600000000000000001' } },
    shown: { type: 'line.reported', kind: 'unsend' },
  },
  {
    name: 'follow (new friend)',
    event: { type: 'follow', follow: { isUnblocked: false } },
    shown: { type: 'customer.followed' },
  },
  {
    name: 'follow (unblocked)',
    event: { type: 'follow', follow: { isUnblocked: true } },
    shown: { type: 'customer.followed' },
  },
  {
    name: 'unfollow (blocked)',
    event: { type: 'unfollow' },
    shown: { type: 'customer.blocked' },
  },
  {
    name: 'join',
    event: { type: 'join', source: { type: 'group', groupId: 'Cb2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2' } },
    shown: { type: 'line.reported', kind: 'join' },
  },
  {
    name: 'leave',
    event: { type: 'leave', source: { type: 'group', groupId: 'Cb2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2' } },
    shown: { type: 'line.reported', kind: 'leave' },
  },
  {
    name: 'memberJoined',
    event: {
      type: 'memberJoined',
      source: { type: 'group', groupId: 'Cb2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2' },
      joined: {
        members: [
          { type: 'user', userId: 'Ua1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1' },
          { type: 'user', userId: 'Ud4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4' },
        ],
      },
    },
    shown: { type: 'line.reported', kind: 'memberJoined' },
  },
  {
    name: 'memberLeft',
    event: {
      type: 'memberLeft',
      source: { type: 'group', groupId: 'Cb2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2' },
      left: { members: [{ type: 'user', userId: 'Ua1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1' }] },
    },
    shown: { type: 'line.reported', kind: 'memberLeft' },
  },
  {
    name: 'postback (button)',
    event: { type: 'postback', postback: { data: 'action=human' } },
    shown: { type: 'customer.pressed', data: 'action=human' },
  },
  {
    name: 'postback (datetimepicker)',
    event: { type: 'postback', postback: { data: 'slot', params: { datetime: '2026-12-24T18:30' } } },
    shown: { type: 'customer.pressed', data: 'slot' },
  },
  {
    name: 'postback (richmenuswitch)',
    event: {
      type: 'postback',
      postback: { data: 'tab-b', params: { newRichMenuAliasId: 'menu-b', status: 'SUCCESS' } },
    },
    shown: { type: 'customer.pressed', data: 'tab-b' },
  },
  {
    name: 'videoPlayComplete',
    event: { type: 'videoPlayComplete', videoPlayComplete: { trackingId: 'vid-42' } },
    shown: { type: 'line.reported', kind: 'videoPlayComplete' },
  },
  {
    name: 'beacon',
    event: { type: 'beacon', beacon: { hwid: 'd41d8cd98f', type: 'enter' } },
    shown: { type: 'line.reported', kind: 'beacon' },
  },
  {
    name: 'accountLink (ok)',
    event: { type: 'accountLink', link: { result: 'ok', nonce: 'n-0S6_WzA2Mj' } },
    shown: { type: 'line.reported', kind: 'accountLink' },
  },
  {
    name: 'accountLink (failed: no source, no replyToken)',
    event: { type: 'accountLink', link: { result: 'failed', nonce: 'n-0S6_WzA2Mj' }, source: undefined },
    shown: null,
  },
  {
    name: 'membership',
    event: { type: 'membership', membership: { type: 'renewed', membershipId: 3189 } },
    shown: { type: 'line.reported', kind: 'membership' },
  },
  {
    name: 'message in standby mode (no replyToken)',
    event: {
      type: 'message',
      mode: 'standby',
      message: { type: 'text', id: '600000000000000028', text: 'hello', quoteToken: 'qt-sb' },
    },
    shown: { type: 'customer.wrote', content: { type: 'text', text: 'hello' } },
  },
  {
    name: 'module attached (module channels only)',
    event: {
      type: 'module',
      module: {
        type: 'attached',
        botId: 'U00000000000000000000000000000001',
        scopes: ['message:send', 'message:receive'],
      },
      source: undefined,
    },
    shown: null,
  },
  {
    name: 'module detached',
    event: {
      type: 'module',
      module: { type: 'detached', botId: 'U00000000000000000000000000000001', reason: 'bot_deleted' },
      source: undefined,
    },
    shown: null,
  },
  {
    name: 'activated',
    event: { type: 'activated', chatControl: { expireAt: 1760003600000 } },
    shown: { type: 'line.reported', kind: 'activated' },
  },
  {
    name: 'deactivated',
    event: { type: 'deactivated' },
    shown: { type: 'line.reported', kind: 'deactivated' },
  },
  {
    name: 'botSuspended',
    event: { type: 'botSuspended', source: undefined },
    shown: null,
  },
  {
    name: 'botResumed',
    event: { type: 'botResumed', source: undefined },
    shown: null,
  },
  {
    name: 'delivery (LINE notification message done)',
    event: { type: 'delivery', delivery: { data: '0123456789abcdef' } },
    shown: { type: 'line.reported', kind: 'delivery' },
  },
];
