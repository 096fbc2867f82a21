const header = 'X-Email-Gateway-Submitted';

/**
 * For header_checks: what pickup(8) wrote of a message is copied above it, where the filter sees it (its own line Postfix
 * shows to no filter). Such a line of a site goes, and a forged line of pickup(8) stands below the true one.
 */
export const submittedChecks = [
	`/^${ header }:/ IGNORE`,
	`/^Received: by [^ ]+ \\(Postfix, from userid ([0-9]+)\\)[[:space:]]+id ([0-9A-Za-z]+);/ PREPEND ${ header }: $1 $2`,
];

/** For smtp_header_checks: it does not leave this server. */
export const submittedLeaves = `/^${ header }:/ IGNORE`;
