import { z } from 'zod';
import { accountInput, accountsView, accountUpdate } from './accounts.ts';
import { accepted, endpoint, nothing } from './endpoint.ts';
import { mailAddress } from './fields.ts';
import { foundAnswer } from './found-settings.ts';

const ofAccount = z.strictObject( { id: z.uuid() } );

/** The accounts at providers, for who may manage the default credentials. */
export const endpointsOfAccounts = {
	readAccounts: endpoint( {
		method: 'GET',
		path: '/accounts',
		access: 'manage_defaults',
		summary: 'The accounts at providers, without their passwords: where each is used, and when it was last proved',
		status: 200,
		errors: [],
		request: nothing,
		response: accountsView,
	} ),
	saveAccount: endpoint( {
		method: 'PUT',
		path: '/accounts',
		access: 'manage_defaults',
		summary: 'Adds or changes an account; servers that use it keep their own copy until they are updated',
		savesAccount: true,
		status: 200,
		/** password_required: the saved one was saved with another server or user. */
		errors: [ 'not_found', 'password_required', 'account_name_taken', 'too_many_accounts', 'record_not_genuine' ],
		request: z.strictObject( { account: accountInput } ),
		response: accountsView,
	} ),
	deleteAccount: endpoint( {
		method: 'POST',
		path: '/accounts/delete',
		access: 'manage_defaults',
		summary: 'Deletes an account that nothing uses',
		status: 200,
		errors: [ 'not_found', 'account_in_use', 'account_is_backup', 'record_not_genuine' ],
		request: ofAccount,
		response: accountsView,
	} ),
	checkAccount: endpoint( {
		method: 'POST',
		path: '/accounts/check',
		access: 'manage_defaults',
		summary: 'Asks the provider of an account, saved or only typed, from a connected server (job of that server)',
		status: 202,
		errors: [ 'not_found', 'no_server_to_look_from', 'password_required', 'record_not_genuine' ],
		request: z.strictObject( { account: accountInput } ),
		/** `host`: from where it is looked. */
		response: accepted.extend( { serverId: z.number(), host: z.string() } ),
	} ),
	updateServers: endpoint( {
		method: 'POST',
		path: '/accounts/update',
		access: 'manage_defaults',
		summary: 'Gives every server and route that has older values of an account the present ones (a job each)',
		status: 202,
		/** account_not_proved: no server is changed with a password that nobody has seen working. */
		errors: [ 'not_found', 'account_not_proved', 'record_not_genuine' ],
		request: ofAccount,
		response: accountUpdate,
	} ),
	findAccount: endpoint( {
		method: 'POST',
		path: '/accounts/find',
		access: 'manage_defaults',
		summary: 'Asks the domain of a mail address for its server, within a few seconds; nothing is tried',
		status: 200,
		errors: [],
		request: z.strictObject( { address: mailAddress } ),
		response: foundAnswer,
	} ),
	offerIncludedGateway: endpoint( {
		method: 'PUT',
		path: '/accounts/offer',
		access: 'manage_defaults',
		summary: 'Lets customers use the default account without being shown it',
		status: 200,
		errors: [],
		request: z.strictObject( { customersMayUse: z.boolean() } ),
		response: accountsView,
	} ),
} as const;
