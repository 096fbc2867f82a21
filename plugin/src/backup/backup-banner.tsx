import { Notice } from '@wordpress/components';
import type { ServerView } from '@email-gateway/shared';
import { onBackupWords, wayBackWords } from '../words/backup.ts';

/** Above all else of a gateway: that its mail leaves by another account than its own. */
export function BackupBanner( { backup }: Pick< ServerView[ 'gateway' ], 'backup' > ) {
	const { active } = backup ?? {};
	return backup && active ? (
		<Notice status="warning" isDismissible={ false }>
			<strong>{ onBackupWords( backup, active ) }</strong> { wayBackWords( active ) }
		</Notice>
	) : null;
}
