import type { LineExample } from './lineExamples.ts';

/** One message of every kind that customers can send. */
export const MESSAGE_EXAMPLES: LineExample[] = [
  {
    name: 'message/text (LINE emoji + quote)',
    event: {
      type: 'message',
      message: {
        type: 'text',
        text: 'Table for 2? (love)',
        quoteToken: 'qt-text',
        markAsReadToken: 'mr-1',
        quotedMessageId: '599999999999999999',
        emojis: [{ index: 13, length: 6, productId: '5ac1bfd5040ab15980c9b435', emojiId: '001' }],
        id: '600000000000000001',
      },
    },
    shown: { type: 'customer.wrote', content: { type: 'text', text: 'Table for 2? (love)' } },
  },
  {
    name: 'message/text (group, mentions)',
    event: {
      type: 'message',
      source: {
        type: 'group',
        groupId: 'Cb2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2',
        userId: 'Ua1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1',
      },
      message: {
        type: 'text',
        text: '@All @Desk need help',
        quoteToken: 'qt-grp',
        mention: {
          mentionees: [
            { type: 'all', index: 0, length: 4 },
            { type: 'user', index: 5, length: 5, userId: 'U00000000000000000000000000000001', isSelf: true },
          ],
        },
        id: '600000000000000002',
      },
    },
    shown: { type: 'customer.wrote', content: { type: 'text', text: '@All @Desk need help' } },
  },
  {
    name: 'message/image (imageSet)',
    event: {
      type: 'message',
      message: {
        type: 'image',
        quoteToken: 'qt-img',
        markAsReadToken: 'mr-2',
        contentProvider: { type: 'line' },
        imageSet: { id: 'SET-1', index: 2, total: 3 },
        id: '600000000000000003',
      },
    },
    shown: { type: 'customer.wrote', content: { type: 'image' } },
  },
  {
    name: 'message/image (external provider)',
    event: {
      type: 'message',
      message: {
        type: 'image',
        quoteToken: 'qt-img2',
        contentProvider: {
          type: 'external',
          originalContentUrl: 'https://files.example.com/o.jpg',
          previewImageUrl: 'https://files.example.com/p.jpg',
        },
        id: '600000000000000004',
      },
    },
    shown: { type: 'customer.wrote', content: { type: 'image' } },
  },
  {
    name: 'message/video',
    event: {
      type: 'message',
      message: {
        type: 'video',
        quoteToken: 'qt-vid',
        markAsReadToken: 'mr-3',
        duration: 12000,
        contentProvider: { type: 'line' },
        id: '600000000000000005',
      },
    },
    shown: { type: 'customer.wrote', content: { type: 'video', durationMs: 12000 } },
  },
  {
    name: 'message/audio',
    event: {
      type: 'message',
      message: {
        type: 'audio',
        markAsReadToken: 'mr-4',
        duration: 4200,
        contentProvider: { type: 'line' },
        id: '600000000000000006',
      },
    },
    shown: { type: 'customer.wrote', content: { type: 'audio', durationMs: 4200 } },
  },
  {
    name: 'message/file',
    event: {
      type: 'message',
      message: {
        type: 'file',
        markAsReadToken: 'mr-5',
        fileName: '見積り.pdf',
        fileSize: 20480,
        id: '600000000000000007',
      },
    },
    shown: { type: 'customer.wrote', content: { type: 'file', name: '見積り.pdf', sizeBytes: 20480 } },
  },
  {
    name: 'message/location',
    event: {
      type: 'message',
      message: {
        type: 'location',
        markAsReadToken: 'mr-6',
        title: 'Tokyo Station',
        address: '1 Chome Marunouchi, Chiyoda, Tokyo',
        latitude: 35.6812,
        longitude: 139.7671,
        id: '600000000000000008',
      },
    },
    shown: {
      type: 'customer.wrote',
      content: {
        type: 'location',
        title: 'Tokyo Station',
        address: '1 Chome Marunouchi, Chiyoda, Tokyo',
        latitude: 35.6812,
        longitude: 139.7671,
      },
    },
  },
  {
    name: 'message/sticker',
    event: {
      type: 'message',
      source: {
        type: 'room',
        roomId: 'Rc3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3',
        userId: 'Ua1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1',
      },
      message: {
        type: 'sticker',
        quoteToken: 'qt-stk',
        markAsReadToken: 'mr-7',
        packageId: '11537',
        stickerId: '52002734',
        stickerResourceType: 'ANIMATION',
        keywords: ['hi', 'wave'],
        id: '600000000000000009',
      },
    },
    shown: {
      type: 'customer.wrote',
      content: { type: 'sticker', packageId: '11537', stickerId: '52002734', keywords: ['hi', 'wave'] },
    },
  },
  {
    name: 'message/sticker (message sticker)',
    event: {
      type: 'message',
      message: {
        type: 'sticker',
        quoteToken: 'qt-stk2',
        packageId: '12287',
        stickerId: '738839',
        stickerResourceType: 'MESSAGE',
        text: 'see you',
        id: '600000000000000010',
      },
    },
    shown: {
      type: 'customer.wrote',
      content: { type: 'sticker', packageId: '12287', stickerId: '738839', keywords: ['see you'] },
    },
  },
];
