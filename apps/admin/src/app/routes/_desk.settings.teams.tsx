import { createFileRoute } from '@tanstack/react-router';
import { TeamsPage } from '../../features/teams/TeamsPage.tsx';
import { Guarded } from '../../features/settings/SettingsPage.tsx';

export const Route = createFileRoute('/_desk/settings/teams')({
  component: () => (
    <Guarded page="teams">
      <TeamsPage />
    </Guarded>
  ),
});
