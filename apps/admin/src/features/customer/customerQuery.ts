import type { ConversationId, CustomerView } from '@sala/contracts';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../lib/live/api.ts';

/** What is known beyond the room. Read again when a session begins, is passed on or ends. */
export const customerQuery = (conversationId: ConversationId) =>
  queryOptions({
    queryKey: ['customer', conversationId],
    queryFn: (): Promise<CustomerView> => api.customer.get.query({ conversationId }),
    staleTime: 60_000,
  });
