import { z } from 'zod';
import { endpoint, nothing } from './endpoint.ts';
import { addressEntry, addressQuery, mailSettings, mailSettingsView } from './mail-addresses.ts';

/** Which addresses the mail log keeps, for how long, and what it keeps of one. */
export const endpointsOfMailAddresses = {
	readMailSettings: endpoint( {
		method: 'GET',
		path: '/mail-log/settings',
		access: 'manage_site',
		summary: 'How the mail log keeps addresses, and for how many days messages',
		status: 200,
		errors: [],
		request: nothing,
		response: mailSettingsView,
	} ),
	saveMailSettings: endpoint( {
		method: 'PUT',
		path: '/mail-log/settings',
		access: 'manage_site',
		summary:
			'Changes that; rows that are there are rewritten or deleted within minutes, and nothing brings back what was',
		status: 200,
		errors: [],
		request: mailSettings,
		response: mailSettingsView,
	} ),
	readAddress: endpoint( {
		method: 'GET',
		path: '/mail-log/address',
		access: 'manage_site',
		summary: 'What is kept of one address in the mail logs of the site, oldest first, at most 100 entries',
		status: 200,
		errors: [],
		request: addressQuery.extend( { page: z.coerce.number().int().min( 1 ).max( 100_000 ).default( 1 ) } ),
		response: z.object( {
			entries: z.array( addressEntry ),
			isMore: z.boolean(),
		} ),
	} ),
	eraseAddress: endpoint( {
		method: 'POST',
		path: '/mail-log/address/erase',
		access: 'manage_site',
		summary: 'Takes one address out of the mail logs of the site, at most 100 rows at once; counts stay',
		status: 200,
		errors: [],
		request: addressQuery,
		response: z.object( {
			erased: z.number(),
			/** Rows that keep it, for their messages wait: their log goes on. */
			kept: z.number(),
			/** There are more to erase. */
			isMore: z.boolean(),
		} ),
	} ),
} as const;
