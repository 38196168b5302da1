import type { Content } from '@sala/contracts';
import { File, Image, MapPin, Mic, Smile, Video } from 'lucide-react';
import { useFormatter, useTranslations } from 'use-intl';
import { duration } from '../../../lib/format/duration.ts';
import { fileSize } from '../../../lib/format/fileSize.ts';
import { fetchTypeFor } from '../../../lib/i18n/japaneseType.ts';
import { languageOf } from '../../../lib/i18n/languageOf.ts';
import { Card } from './Card.tsx';
import { TextWithLinks } from './TextWithLinks.tsx';

/** What a message says. `className` is the bubble, for what is shown in one. */
export function ContentView({ content, className }: { content: Content; className: string }) {
  const t = useTranslations('message');
  const format = useFormatter();
  const lasting = (ms: number | undefined) => (ms === undefined ? t('onPhone') : t('seconds', { t: duration(ms) }));

  switch (content.type) {
    case 'text':
      fetchTypeFor(content.text);
      return (
        <div className={className} dir="auto" lang={languageOf(content.text)}>
          <TextWithLinks text={content.text} />
        </div>
      );
    case 'sticker': {
      const keyword = content.keywords[0];
      return (
        <Card icon={<Smile size={20} />} title={keyword ? t('stickerOf', { keyword }) : t('sticker')}>
          {content.keywords.slice(1, 4).join(', ')}
        </Card>
      );
    }
    case 'location': {
      const { title, address, latitude, longitude } = content;
      return (
        <Card icon={<MapPin size={20} />} title={title ?? t('location')}>
          {address && <span className="block">{address}</span>}
          <a className="link" href={mapOf(latitude, longitude)} target="_blank" rel="noopener noreferrer">
            {t('openMap')}
          </a>
        </Card>
      );
    }
    case 'image':
      return (
        <Card icon={<Image size={20} />} title={t('photo')}>
          {t('onPhone')}
        </Card>
      );
    case 'video':
      return (
        <Card icon={<Video size={20} />} title={t('video')}>
          {lasting(content.durationMs)}
        </Card>
      );
    case 'audio':
      return (
        <Card icon={<Mic size={20} />} title={t('voice')}>
          {lasting(content.durationMs)}
        </Card>
      );
    case 'file':
      return (
        <Card icon={<File size={20} />} title={content.name || t('file')}>
          {fileSize(content.sizeBytes, format)} · {t('onPhone')}
        </Card>
      );
    case 'unsupported':
      return (
        <Card icon={null} title={t('unsupported', { kind: content.kind })}>
          {t('onPhone')}
        </Card>
      );
  }
}

const mapOf = (latitude: number, longitude: number) =>
  `https://www.google.com/maps/search/?api=1&query=${latitude},${longitude}`;
