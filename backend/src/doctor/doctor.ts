import { statSync } from 'node:fs';
import { askOperator } from '../ask-operator.ts';
import { readConfig, type Config } from '../config.ts';
import { lookInto } from '../db/look-into.ts';
import type { Inspection } from '../db/inspect.ts';
import { lastBeforeUpgrade } from '../db/snapshots.ts';
import type { Environment } from '../commands/command.ts';
import { readMasterKeys } from '../vault/master-key.ts';
import { makeVault, type Vault } from '../vault/vault.ts';
import { asOwner } from './as-owner.ts';
import { checkKeyFits, checkTables, unreachable } from './database.ts';
import { fine, problem, Refusal, type Finding } from './finding.ts';
import { checkPublicUrl } from './public-url.ts';
import { checkClock, checkDataFolder, checkDisk, checkNode, checkSnapshots } from './this-machine.ts';

/** Of the running backend. */
interface Running {
	instance: string;
	inspection: Inspection;
}

/** Checks everything, one after the other, and stops at nothing that it can go past. */
export async function examine( env: Environment, nodeVersion: string = process.version ): Promise< Finding[] > {
	const findings = [ checkNode( nodeVersion ) ];
	let config: Config;
	try {
		config = readConfig( env );
		findings.push( fine( 'settings', 'Every setting is one that the backend knows.' ) );
	} catch ( error ) {
		return [
			...findings,
			problem( 'settings', ( error as Error ).message, 'Correct the setting, and restart the backend.' ),
		];
	}
	const vault = openVault( config, findings );
	return asOwner( config.dataDir, () => examineAsOwner( config, vault, findings ) );
}

async function examineAsOwner( config: Config, vault: Vault | null, findings: Finding[] ): Promise< Finding[] > {
	const folder = checkDataFolder( config );
	findings.push( folder, ...( folder.state === 'problem' ? [] : [ checkDisk( config.dataDir ) ] ) );
	const running = await askOperator< Running >( config.dataDir, '/state' ).catch( () => null );
	const inspection = running?.inspection ?? ( vault && ( await look( config, vault, findings ) ) );
	if ( inspection ) {
		findings.push(
			fine( 'database', `The database answers: ${ config.databaseUrl ? 'PostgreSQL' : 'the embedded one' }.` ),
			checkTables( inspection, lastBeforeUpgrade( config.dataDir ) ),
			checkKeyFits( inspection )
		);
	}
	findings.push(
		checkSnapshots( config, process.env.PATH ?? '' ),
		checkClock( { now: Date.now(), madeAt: releasedAt(), ...( inspection && { database: inspection.now } ) } ),
		await checkPublicUrl( config.publicUrl, running?.instance ?? null )
	);
	return findings;
}

/** What must be right before each start; a database that is away is waited for. Errors: Refusal. */
export function refuseBroken( config: Config, nodeVersion: string = process.version ): void {
	const before = [ checkNode( nodeVersion ), checkClock( { now: Date.now(), madeAt: releasedAt() } ) ];
	const folder = checkDataFolder( config );
	const found = [ ...before, folder, ...( folder.state === 'problem' ? [] : [ checkDisk( config.dataDir ) ] ) ];
	const [ first ] = found.filter( ( { state } ) => state === 'problem' );
	if ( first ) {
		throw new Refusal( first );
	}
}

function openVault( config: Config, findings: Finding[] ): Vault | null {
	try {
		return makeVault( readMasterKeys( config, { isMade: false } ) );
	} catch ( error ) {
		findings.push( problem( 'master key', ( error as Error ).message, 'Restore the key from your backup.' ) );
		return null;
	}
}

async function look( config: Config, vault: Vault, findings: Finding[] ): Promise< Inspection | null > {
	try {
		return await lookInto( config, vault );
	} catch ( error ) {
		findings.push( unreachable( error ) );
		return null;
	}
}

/** The time of the files of this release. */
const releasedAt = () => statSync( new URL( '../../package.json', import.meta.url ) ).mtimeMs;
