import { __ } from '@wordpress/i18n';
import type { SiteAuditEntry } from '@email-gateway/shared';
import { call } from '../api/call.ts';
import { useRequest } from '../api/use-request.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions } from '../ui/card.tsx';
import { ProblemNotice } from '../ui/failure-notice.tsx';
import { saveFile } from '../ui/save-file.ts';

/** Who did what to this site and its servers, those that were deleted, too: chained JSON Lines, oldest first. */
export function DownloadAudit() {
	const request = useRequest();
	const save = async () => {
		const entries = await request.send( readAll );
		if ( entries ) {
			saveFile( 'email-gateway-audit.jsonl', jsonLines( entries ), 'application/jsonl' );
		}
	};
	return (
		<>
			<Actions>
				<ActionButton variant="link" busy={ request.busy } onClick={ () => void save() }>
					{ __( 'Download the Audit', 'email-gateway' ) }
				</ActionButton>
			</Actions>
			{ request.problem && <ProblemNotice problem={ request.problem } onRetry={ () => void save() } /> }
		</>
	);
}

async function readAll(): Promise< SiteAuditEntry[] > {
	const all: SiteAuditEntry[] = [];
	for ( let before: number | null = 0; before !== null;  ) {
		const page: { entries: SiteAuditEntry[]; next: number | null } = await call( 'readSiteAudit', {
			query: { before },
		} );
		all.push( ...page.entries );
		before = page.next;
	}
	return all.reverse();
}

export const jsonLines = ( entries: readonly object[] ): string =>
	entries.map( ( entry ) => `${ JSON.stringify( entry ) }\n` ).join( '' );
