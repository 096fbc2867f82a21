<?php
/**
 * What a site of the lab sends: the messages of a list, one a line, `WAY RECIPIENT[,RECIPIENT…] SUBJECT`. WAY is `sendmail`
 * (PHP's mail(), as WordPress does) or `smtp` (what SMTP plugins do with 127.0.0.1:25). What wp_mail() said of each is
 * written beside the list, so that nothing is told from memory.
 *
 * By hand: `wp eval 'lab_send( "LIST" );'`; by cron: `wp cron event schedule lab_send now --0=LIST`.
 *
 * @package Email_Gateway_Lab
 */

add_action( 'lab_send', 'lab_send' );

/**
 * Sends every message of a list and writes down what wp_mail() said of each.
 *
 * @param string $list Path of the list; what was said is beside it, with `.said` at its end.
 */
function lab_send( string $list ): void {
	$said = fopen( "$list.said", 'a' );
	foreach ( file( $list, FILE_IGNORE_NEW_LINES | FILE_SKIP_EMPTY_LINES ) as $line ) {
		list( $way, $recipients, $subject ) = explode( ' ', $line, 3 );
		$by_smtp = static function ( $mailer ) use ( $way ) {
			if ( 'smtp' === $way ) {
				$mailer->isSMTP();
				$mailer->Host        = '127.0.0.1';
				$mailer->Port        = 25;
				$mailer->SMTPAutoTLS = false;
			} else {
				$mailer->isMail();
			}
		};
		add_action( 'phpmailer_init', $by_smtp );
		$taken = wp_mail( explode( ',', $recipients ), $subject, "An order came in.\n" );
		remove_action( 'phpmailer_init', $by_smtp );
		fwrite( $said, ( $taken ? 'taken' : 'refused' ) . " $line\n" );
	}
	fwrite( $said, "end\n" );
	fclose( $said );
}
