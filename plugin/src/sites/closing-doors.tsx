import { Notice } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import type { JobResult, SitesOfServer } from '@email-gateway/shared';
import { PlannedChanges } from '../gateway/planned-changes.tsx';
import type { SectionProps } from '../gateway/section.ts';
import { JobOutcome } from '../jobs/job-outcome.tsx';
import { useJobCall } from '../jobs/use-job-call.ts';
import { doorsSentence } from '../words/doors.ts';
import { DoorsForm } from './doors-form.tsx';
import { doorUsers } from './doors-users.ts';

const calls = [ 'previewDoors', 'changeDoors' ] as const;

interface Props extends SectionProps {
	sites: SitesOfServer;
	/** A change has ended. */
	onEnd: () => void;
}

/** Sites that speak SMTP to the world by themselves, and what keeps them from it. */
export function ClosingDoors( { view, onChange, connected, sites, onEnd }: Props ) {
	const change = useJobCall( calls, { view, onChange, onEnd } );
	const users = doorUsers( sites );
	if ( users.length === 0 ) {
		return null;
	}
	const idle = ! connected || change.active || change.busy;
	return (
		<>
			<p>
				{ __(
					'A chosen Unix user reaches mail servers through the gateway only: the server refuses at once what it connects to at ports 25, 465, 587 and 2525 of other machines. Other users, other ports and the web interfaces of providers stay as they are.',
					'email-gateway'
				) }
			</p>
			<DoorsForm
				key={ sites.closedDoors.map( ( { uid, at } ) => `${ uid } ${ at }` ).join() }
				users={ users }
				disabled={ idle }
				onPreview={ ( uids ) => void change.ask( 'previewDoors', { uids } ) }
				onChange={ ( uids ) => void change.ask( 'changeDoors', { uids } ) }
			/>
			<JobOutcome of={ change }>{ outcomeOf }</JobOutcome>
		</>
	);
}

function outcomeOf( result: JobResult ) {
	switch ( result.verb ) {
		case 'preview_changes':
			return (
				<PlannedChanges
					plan={ result.plan }
					title={ __( 'Side doors would change this. Nothing was changed yet.', 'email-gateway' ) }
				/>
			);
		case 'change_doors':
			return (
				<Notice status="success" isDismissible={ false }>
					{ doorsSentence( result ) }
				</Notice>
			);
	}
	return null;
}
