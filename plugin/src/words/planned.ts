import { __, _n, sprintf } from '@wordpress/i18n';
import type { PlannedStep } from '@email-gateway/shared';

const sentences: Record< PlannedStep[ 'kind' ], ( subject: string ) => string > = {
	/* translators: %s: package */
	install_package: ( subject ) => sprintf( __( 'Install the package %s', 'email-gateway' ), subject ),
	/* translators: %s: package */
	remove_package: ( subject ) => sprintf( __( 'Remove the package %s', 'email-gateway' ), subject ),
	/* translators: %s: file */
	write_file: ( subject ) => sprintf( __( 'Write %s', 'email-gateway' ), subject ),
	/* translators: %s: file */
	remove_file: ( subject ) => sprintf( __( 'Remove %s', 'email-gateway' ), subject ),
	/* translators: %s: parameter of Postfix */
	set_parameter: ( subject ) => sprintf( __( 'Set %s', 'email-gateway' ), subject ),
	/* translators: %s: service */
	enable_service: ( subject ) => sprintf( __( 'Start %s, now and at every boot', 'email-gateway' ), subject ),
	/* translators: %s: service */
	reload: ( subject ) => sprintf( __( 'Reload %s', 'email-gateway' ), subject ),
	/* translators: %s: service */
	restart: ( subject ) => sprintf( __( 'Restart %s', 'email-gateway' ), subject ),
	/* translators: %s: service of Postfix, e.g. submission/inet */
	remove_service: ( subject ) => sprintf( __( 'Remove %s from master.cf', 'email-gateway' ), subject ),
	/* translators: %s: directory */
	open_directory: ( subject ) => sprintf( __( 'Open the directory %s', 'email-gateway' ), subject ),
};

/** One planned change in words. */
export function plannedWords( { kind, subject }: PlannedStep ): string {
	return sentences[ kind ]( subject );
}

type Kind = PlannedStep[ 'kind' ];

/** In the order that they are shown in. A kind without a group does not compile. */
const groups = {
	removed: ( count: number ) =>
		/* translators: %d: a number */
		sprintf( _n( 'Removes %d item', 'Removes %d items', count, 'email-gateway' ), count ),
	packages: ( count: number ) =>
		/* translators: %d: a number */
		sprintf( _n( 'Installs %d package', 'Installs %d packages', count, 'email-gateway' ), count ),
	settings: ( count: number ) =>
		/* translators: %d: a number */
		sprintf( _n( 'Changes %d setting', 'Changes %d settings', count, 'email-gateway' ), count ),
	files: ( count: number ) =>
		/* translators: %d: a number */
		sprintf( _n( 'Writes %d file', 'Writes %d files', count, 'email-gateway' ), count ),
	services: ( count: number ) =>
		/* translators: %d: a number */
		sprintf( _n( 'Starts or reloads %d service', 'Starts or reloads %d services', count, 'email-gateway' ), count ),
};
type Group = keyof typeof groups;

const groupOf: Record< Kind, Group > = {
	remove_package: 'removed',
	remove_file: 'removed',
	remove_service: 'removed',
	install_package: 'packages',
	set_parameter: 'settings',
	write_file: 'files',
	open_directory: 'files',
	enable_service: 'services',
	reload: 'services',
	restart: 'services',
};

export interface PlanGroup {
	name: Group;
	/** Says how many. */
	title: string;
	/** In the order of the plan. */
	steps: PlannedStep[];
}

/** A plan by what it touches; groups without a step are left out. */
export function groupsOf( plan: readonly PlannedStep[] ): PlanGroup[] {
	return ( Object.keys( groups ) as Group[] )
		.map( ( name ) => ( { name, steps: plan.filter( ( { kind } ) => groupOf[ kind ] === name ) } ) )
		.filter( ( { steps } ) => steps.length > 0 )
		.map( ( { name, steps } ) => ( { name, steps, title: groups[ name ]( steps.length ) } ) );
}
