import { z } from 'zod';
import { defaultsInput, defaultsView } from './defaults.ts';
import { accepted, endpoint, nothing } from './endpoint.ts';
import { mailAddress } from './fields.ts';
import { foundAnswer } from './found-settings.ts';

/** The default credentials, for who may manage them. */
export const endpointsOfDefaults = {
	readDefaults: endpoint( {
		method: 'GET',
		path: '/defaults',
		access: 'manage_defaults',
		summary: 'The default credentials, without the password',
		status: 200,
		errors: [],
		request: nothing,
		response: defaultsView,
	} ),
	saveDefaults: endpoint( {
		method: 'PUT',
		path: '/defaults',
		access: 'manage_defaults',
		summary: 'Saves the default credentials',
		savesDefaults: true,
		status: 200,
		/** password_required: the saved one was saved with another server or user. */
		errors: [ 'password_required', 'record_not_genuine' ],
		request: z.strictObject( { defaults: defaultsInput } ),
		response: defaultsView,
	} ),
	deleteDefaults: endpoint( {
		method: 'DELETE',
		path: '/defaults',
		access: 'manage_defaults',
		summary: 'Deletes the default credentials; servers that use them keep their own copy',
		status: 200,
		errors: [],
		request: nothing,
		response: defaultsView,
	} ),
	checkDefaults: endpoint( {
		method: 'POST',
		path: '/defaults/check',
		access: 'manage_defaults',
		summary: 'Asks the provider of the default credentials from a connected server (job of that server)',
		status: 202,
		errors: [ 'no_server_to_look_from', 'password_required', 'record_not_genuine' ],
		request: z.strictObject( { defaults: defaultsInput } ),
		/** `host`: from where it is looked. */
		response: accepted.extend( { serverId: z.number(), host: z.string() } ),
	} ),
	findDefaults: endpoint( {
		method: 'POST',
		path: '/defaults/find',
		access: 'manage_defaults',
		summary: 'Asks the domain of a mail address for its server, within a few seconds; nothing is tried',
		status: 200,
		errors: [],
		request: z.strictObject( { address: mailAddress } ),
		response: foundAnswer,
	} ),
	offerIncludedGateway: endpoint( {
		method: 'PUT',
		path: '/defaults/offer',
		access: 'manage_defaults',
		summary: 'Lets customers use the default credentials without being shown them',
		status: 200,
		errors: [],
		request: z.strictObject( { customersMayUse: z.boolean() } ),
		response: defaultsView,
	} ),
} as const;
