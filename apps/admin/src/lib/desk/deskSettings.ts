import type { DeskSettings } from '@sala/contracts';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../live/api.ts';

/** What holds for the whole desk. */
export const deskSettingsQuery = queryOptions({
  queryKey: ['deskSettings'],
  queryFn: (): Promise<DeskSettings> => api.settings.get.query(),
});
