import { createFileRoute } from '@tanstack/react-router';
import { PeoplePage } from '../../features/people/PeoplePage.tsx';
import { Guarded } from '../../features/settings/SettingsPage.tsx';

export const Route = createFileRoute('/_desk/settings/people')({
  component: () => (
    <Guarded page="people">
      <PeoplePage />
    </Guarded>
  ),
});
