import { createFileRoute } from '@tanstack/react-router';
import { SettingsLayout } from '../SettingsLayout.tsx';

export const Route = createFileRoute('/_desk/settings')({ component: SettingsLayout });
