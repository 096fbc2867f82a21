import type { ConnectionInput, SignIn } from '@email-gateway/shared';
import { GatewayError } from '../errors.ts';
import type { Caller } from '../servers/caller.ts';
import {
	forgottenBy,
	isAsBefore,
	losesPasswordByMove,
	losesPasswordByTrust,
	moved,
	trusted,
	type Moved,
	type NewAddress,
} from '../servers/trust.ts';
import { Secret } from '../vault/secret.ts';
import type { Vault } from '../vault/vault.ts';
import { note } from './audit.ts';
import { passwordOf, signInFields, signInPlace, type SignInField } from './places.ts';
import type { SecretStore } from './secrets.ts';
import type { Server } from './servers.ts';
import { changeConnection, changeServer } from './change-server.ts';
import { settingsVersion } from './settings.ts';
import type { Db } from './tables.ts';

type Choice = { use: 'typed'; value: string } | { use: 'saved' };
interface Parts {
	vault: Vault;
	secrets: SecretStore;
}

/**
 * Saves how to reach a server, with what signs in there. What of its trust survives is decided in servers/trust.ts.
 * Errors: sign_in_required, where what is saved was saved for another host, port or user.
 */
export async function saveConnection(
	parts: Parts,
	tx: Db,
	server: Server,
	connection: ConnectionInput,
	caller: Caller
): Promise< void > {
	const move = moved( server, { ...connection, kind: connection.signIn.kind }, caller );
	await saveSignIn( parts, tx, move, connection.signIn );
	await saveChoice( parts, tx, move, 'sudo_password', connection.sudoPassword );
	await saveAddress( parts, tx, move, caller );
}

/** Takes the address that another plugin keeps, as one that is typed; what signs in there comes with each job. */
export async function takeAddress(
	parts: Parts,
	tx: Db,
	server: Server,
	address: Omit< NewAddress, 'kind' >,
	caller: Caller
): Promise< void > {
	const move = moved( server, { ...address, kind: 'supplied' }, caller );
	for ( const field of signInFields ) {
		await saveChoice( parts, tx, move, field, null );
	}
	if ( ! isAsBefore( move ) ) {
		await saveAddress( parts, tx, move, caller );
	}
}

/** Pins the key a person compared. Errors: connection_missing, fingerprint_mismatch. */
export async function trustKey(
	parts: Parts,
	tx: Db,
	server: Server,
	fingerprint: string,
	caller: Caller
): Promise< void > {
	const { before, next } = trusted( server, fingerprint, caller );
	// who compared the key wants the saved sign-in to go to its holder
	for ( const field of signInFields ) {
		await parts.secrets.rebind( tx, signInPlace( server, field ), signInPlace( { ...server, ...next }, field ) );
	}
	await changeConnection( tx, parts.vault, server, next );
	if ( losesPasswordByTrust( before, caller ) ) {
		await dropMailPassword( parts, tx, server );
	}
	await note( tx, parts.vault, {
		...{ siteId: server.siteId, serverId: server.serverId },
		...{ actor: caller.actor.login, action: 'host_key_trusted', detail: { fingerprint } },
	} );
}

/** Writes where a server is. */
async function saveAddress( { vault, secrets }: Parts, tx: Db, move: Moved, caller: Caller ): Promise< void > {
	const { server, next } = move;
	const { host, sshPort, sshUser, signIn } = next;
	const by = { siteId: server.siteId, serverId: server.serverId, actor: caller.actor.login };
	await changeConnection( tx, vault, server, next );
	await changeServer( tx, server.id, forgottenBy( move ) );
	if ( losesPasswordByMove( move, caller ) ) {
		await dropMailPassword( { secrets }, tx, server );
	}
	await note( tx, vault, { ...by, action: 'connection_saved', detail: { host, sshPort, sshUser, signIn } } );
}

async function saveSignIn( parts: Parts, tx: Db, move: Moved, signIn: SignIn ): Promise< void > {
	await saveChoice( parts, tx, move, 'private_key', signIn.kind === 'private_key' ? signIn.privateKey : null );
	await saveChoice( parts, tx, move, 'passphrase', signIn.kind === 'private_key' ? signIn.passphrase : null );
	await saveChoice( parts, tx, move, 'password', signIn.kind === 'password' ? signIn.password : null );
}

async function saveChoice(
	{ secrets }: Parts,
	tx: Db,
	{ server, next, isSamePlace }: Moved,
	field: SignInField,
	choice: Choice | null
): Promise< void > {
	const place = signInPlace( next, field );
	if ( choice?.use === 'typed' ) {
		return secrets.save( tx, place, new Secret( choice.value ) );
	}
	if ( choice === null ) {
		return secrets.remove( tx, place );
	}
	if ( ! isSamePlace || ! ( await secrets.has( tx, place ) ) ) {
		throw new GatewayError( 'sign_in_required', { field } );
	}
	await secrets.rebind( tx, signInPlace( server, field ), place );
}

async function dropMailPassword( { secrets }: Pick< Parts, 'secrets' >, tx: Db, server: Server ): Promise< void > {
	const ref = { siteId: server.siteId, serverId: server.serverId };
	for ( const number of [ server.submittedVersion, server.installedVersion ] ) {
		const version = await settingsVersion( tx, ref, number );
		if ( version ) {
			await secrets.remove( tx, passwordOf( version ) );
		}
	}
}
