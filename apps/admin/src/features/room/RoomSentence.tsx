import type { RoomHead } from '@sala/contracts';
import { useTranslations } from 'use-intl';
import { useMe } from '../../lib/desk/me.ts';
import { useOperatorName } from '../../lib/desk/operators.ts';
import { useTeamName } from '../../lib/desk/teams.ts';
import { dayAndClock } from '../../lib/format/time.ts';
import { useLanguage } from '../../lib/i18n/Language.tsx';
import { RunningTime } from '../../ui/Shade.tsx';

/** The state of a room in one sentence. */
export function RoomSentence({ head: { session, teamId }, channel }: { head: RoomHead; channel: string }) {
  const t = useTranslations('room');
  const me = useMe();
  const nameOf = useOperatorName();
  const team = useTeamName()(teamId);
  const { locale } = useLanguage();

  const words = () => {
    switch (session?.status) {
      case undefined:
        return t('botAnswers');
      case 'WAITING':
        return (
          <>
            {t('waitingFor')} <RunningTime since={session.since} className="font-firm text-ink" />
          </>
        );
      case 'ACTIVE': {
        const at = dayAndClock(session.since, locale);
        if (session.operatorId === me.operatorId) return t('yoursSince', { t: at });
        return t('answeredBy', { name: nameOf(session.operatorId), t: at });
      }
      case 'CLOSED': {
        const at = dayAndClock(session.since, locale);
        switch (session.by.type) {
          case 'OPERATOR':
            if (session.by.operatorId === me.operatorId) return t('closedByYou', { t: at });
            return t('closedBy', { name: nameOf(session.by.operatorId), t: at });
          case 'USER':
            return t('closedByCustomer', { t: at });
          case 'SYSTEM':
            return t('closedByRule', { t: at });
          case 'SYSTEM_TIMEOUT':
            return t('closedBySilence', { t: at });
        }
      }
    }
  };

  return (
    <p className="cut text-small text-ink-3" data-testid="room-state">
      {words()}
      {channel && ` · ${channel}`}
      {team && ` · ${team}`}
    </p>
  );
}
