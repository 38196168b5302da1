import { Component, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from './Button.tsx';

/** A fault in one pane stays in it: the rest of the desk goes on. Its `key` says what it holds, so that another one starts whole. */
export class Boundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override componentDidCatch(error: unknown) {
    reportError(error);
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return <Broken again={() => this.setState({ broken: false })} />;
  }
}

function Broken({ again }: { again: () => void }) {
  const t = useTranslations('desk');
  return (
    <div role="alert" className="min-w-0 flex-1 px-6 py-7">
      <p className="text-lead font-strong">{t('paneBroke')}</p>
      <Button className="mt-3" onClick={again}>
        {t('tryAgain')}
      </Button>
    </div>
  );
}
