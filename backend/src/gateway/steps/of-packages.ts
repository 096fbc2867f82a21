import type { PlannedStep } from '@email-gateway/shared';
import type { Desired } from '../desired.ts';
import type { Facts } from '../facts.ts';
import { step, keptCopy } from './step.ts';

export function packageSteps( facts: Facts, desired: Desired ): PlannedStep[] {
	const missing = desired.packages.filter( ( { name } ) => facts.packages[ name ] === undefined );
	const isReplaced =
		facts.sendmail !== 'none' && facts.sendmail !== 'unpackaged' && facts.packages.postfix === undefined;
	const why = 'only one mail system can be installed; Remove Email Gateway gives it back with its configuration';
	return [
		...( isReplaced
			? [ step( 'remove_package', facts.sendmail, why, { was: facts.packages[ facts.sendmail ] ?? null } ) ]
			: [] ),
		...missing.map( ( { name, why: reason } ) =>
			step( 'install_package', name, reason, { value: name === 'postfix' ? facts.candidate : null } )
		),
	];
}

/** What packages have put there and is gone: a Postfix that runs does not miss it before its next start. */
export function packageFileSteps( facts: Facts ): PlannedStep[] {
	const { packages, missingFiles, rootStore, sendmail } = facts;
	const missing = missingFiles.map( ( path ) =>
		step( 'write_file', path, 'a file of a package is missing: the package is installed again' )
	);
	const store = '/etc/ssl/certs/ca-certificates.crt';
	const roots =
		packages[ 'ca-certificates' ] === undefined || rootStore || missingFiles.includes( store )
			? []
			: [ step( 'write_file', store, 'the well-known roots are missing: no provider could be verified' ) ];
	const taken =
		packages.postfix === undefined || sendmail === 'postfix'
			? []
			: [
					step(
						'write_file',
						'/usr/sbin/sendmail',
						`is not that of Postfix, so mail of sites takes another way; ${ keptCopy }`,
						{
							was: sendmail,
						}
					),
			  ];
	return [ ...missing, ...roots, ...taken ];
}

export const rightsSteps = ( { lostRights }: Facts ): PlannedStep[] =>
	lostRights.map( ( path ) =>
		step(
			'write_file',
			path,
			'its owner or permissions were changed, so mail cannot be handed over or stands still'
		)
	);
