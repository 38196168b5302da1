import type { Customer } from '@sala/contracts';
import { useCallback } from 'react';
import { useTranslations } from 'use-intl';
import { visibleName } from '../format/visible.ts';

/** What a customer is called on the desk, whatever they are called on LINE. */
export function useCustomerName(): (customer: Pick<Customer, 'displayName'> | undefined) => string {
  const t = useTranslations('inbox');
  return useCallback((customer) => visibleName(customer?.displayName) ?? t('unnamed'), [t]);
}
