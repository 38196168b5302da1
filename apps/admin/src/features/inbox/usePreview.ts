import type { LastMessage } from '@sala/contracts';
import { useCallback } from 'react';
import { useTranslations } from 'use-intl';
import { useMe } from '../../lib/desk/me.ts';
import { useOperatorName } from '../../lib/desk/operators.ts';

export interface Preview {
  /** Who said it, unless the customer did. */
  by: string | null;
  text: string;
}

/** A message as the one line of its row. */
export function usePreview(): (last: LastMessage) => Preview {
  const me = useMe();
  const nameOf = useOperatorName();
  const t = useTranslations();

  return useCallback(
    (last) => {
      const said = (): string => {
        switch (last.kind) {
          case 'text':
            return last.text;
          case 'image':
            return t('message.photo');
          case 'video':
            return t('message.video');
          case 'audio':
            return t('message.voice');
          case 'file':
            return last.text || t('message.file');
          case 'location':
            return last.text || t('message.location');
          case 'sticker':
            return last.text ? t('message.stickerOf', { keyword: last.text }) : t('message.sticker');
          case 'unsupported':
            return t('message.unsupported', { kind: last.text });
        }
      };
      const by = (): string | null => {
        if (last.author === 'customer') return null;
        if (last.author === 'bot' || last.operatorId === null) return t('inbox.bot');
        if (last.operatorId === me.operatorId) return t('inbox.you');
        return t('inbox.by', { name: nameOf(last.operatorId) });
      };
      return { by: by(), text: said() };
    },
    [t, me.operatorId, nameOf],
  );
}
