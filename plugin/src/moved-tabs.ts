import { may, thisPage } from './page.ts';

/** Leads on from the address of a tab that became a page of its own: it stands in bookmarks and mails. True where it does. */
export function leadOn( hash: string ): boolean {
	const isMoved = hash === '#mail-log' && may( 'see_mail_log' );
	if ( isMoved ) {
		window.location.replace( thisPage().mailLogUrl );
	}
	return isMoved;
}
