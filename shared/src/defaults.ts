import { z } from 'zod';
import { domainName, hostName, note, port, smtpUserName } from './fields.ts';
import { passwordChoice } from './settings.ts';

const visible = {
	smtpServer: hostName,
	smtpPort: port,
	userName: smtpUserName,
	sendingDomain: domainName,
	note: note.default( '' ),
};

export const defaultsInput = z.strictObject( { ...visible, password: passwordChoice } );
export type DefaultsInput = z.infer< typeof defaultsInput >;

export const defaultsView = z.object( {
	defaults: z.object( { ...visible, version: z.number(), at: z.iso.datetime() } ).nullable(),
	/** Customers may use them without being shown them. */
	customersMayUse: z.boolean(),
	usedBy: z.object( { servers: z.number(), withOlderValues: z.number() } ),
} );
export type DefaultsView = z.infer< typeof defaultsView >;
