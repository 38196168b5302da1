import { useTranslations } from 'use-intl';
import { MOD } from '../../lib/keys.ts';
import { useMe } from '../../lib/desk/me.ts';
import { KeyCap } from '../../ui/KeyCap.tsx';
import { Sheet } from '../../ui/Sheet.tsx';

interface Group {
  title: string;
  keys: [words: string, caps: string[]][];
}

/** Every key of the desk, with what it does. */
export function ShortcutsSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useTranslations();
  const columns = useColumns();
  return (
    <Sheet open={open} onClose={onClose} title={t('keys.title')} lead={t('keys.lead')} wide>
      <div className="grid gap-x-8 gap-y-6 pane:grid-cols-3">
        {columns.map((groups) => (
          <div key={groups[0]?.title} className="grid content-start gap-5">
            {groups.map((group) => (
              <KeyGroup key={group.title} {...group} />
            ))}
          </div>
        ))}
      </div>
    </Sheet>
  );
}

function useColumns(): Group[][] {
  const t = useTranslations();
  const { sendKey } = useMe().settings;
  const send = sendKey === 'enter' ? ['⏎'] : [MOD, '⏎'];
  const newLine = sendKey === 'enter' ? ['⇧', '⏎'] : ['⏎'];
  return [
    [
      {
        title: t('keys.list'),
        keys: [
          [t('keys.takeNext'), ['N']],
          [t('keys.move'), ['J', 'K']],
          [t('keys.open'), ['⏎']],
        ],
      },
      {
        title: t('views.label'),
        keys: [
          [t('views.waiting'), ['G', 'W']],
          [t('views.mine'), ['G', 'M']],
          [t('views.active'), ['G', 'A']],
          [t('views.bot'), ['G', 'B']],
          [t('views.closed'), ['G', 'C']],
        ],
      },
    ],
    [
      {
        title: t('keys.conversation'),
        keys: [
          [t('keys.claim'), ['C']],
          [t('keys.reply'), ['R']],
          [t('keys.transfer'), ['T']],
          [t('keys.close'), ['E']],
          [t('keys.customer'), [']']],
        ],
      },
    ],
    [
      {
        title: t('keys.composer'),
        keys: [
          [t('keys.send'), send],
          [t('keys.newLine'), newLine],
          [t('keys.leave'), ['Esc']],
        ],
      },
      {
        title: t('keys.anywhere'),
        keys: [
          [t('availability.label'), ['⇧', 'A']],
          [t('pages.label'), ['G', 'S']],
          [t('keys.panes'), ['F6']],
          [t('keys.back'), ['Esc']],
          [t('keys.sheet'), ['?']],
        ],
      },
    ],
  ];
}

function KeyGroup({ title, keys }: Group) {
  return (
    <section>
      <h3 className="pb-1 text-small text-ink-3">{title}</h3>
      <dl>
        {keys.map(([words, caps]) => (
          <div key={words} className="flex items-center gap-2 border-t border-line py-1.5">
            <dt className="min-w-0 flex-1">{words}</dt>
            <dd className="flex shrink-0 gap-1">
              <span className="unseen">{caps.join(' ')}</span>
              {caps.map((cap) => (
                <KeyCap key={cap}>{cap}</KeyCap>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
