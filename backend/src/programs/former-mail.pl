# After former-queues.pl. Oldest first: a message leaves the former queue once Postfix has it on its disk, and never goes
# twice: which one is on its way is written down before, and after a crash it is looked for in Postfix's queue and log.
# Notices (MAIL FROM:<>) and what cannot be read or is refused stay where they are.
# Argument: for how many seconds. Tells `said` why the first was refused, in hexadecimal, and `ended HANDED NOTICES REFUSED`.
use IO::Handle;

my $until = time + $ARGV[0];
my $most_recipients = 1000;
my ( $doubt, $whole, $errors ) = map { "/var/lib/email-gateway/former.$_" } qw( doubt message errors );

# The whole message in one file, so that never a part of it is handed over. Returns its Message-ID, which Postfix logs.
sub write_whole {
	my ( $it, $name ) = @_;
	my $head = $it->{header} // ( $it->{text} =~ /\A(.*?\n)(?:\n|\z)/s ? $1 : '' );
	my ( $id ) = $head =~ /^Message-ID:\s*(<[^>\s]+>)/mi;
	my $added = defined $id ? '' : "Message-ID: " . ( $id = "<former.$name\@localhost>" ) . "\n";
	open( my $out, '>:raw', $whole ) or return;
	print {$out} $added, $it->{text} // "$it->{header}\n" or return;
	if ( ! defined $it->{text} ) {
		my $in = opened( $it->{body} ) or return;
		return unless $it->{first} eq '' || ( <$in> // '' ) eq $it->{first};
		while ( my $line = <$in> ) {
			$line =~ s/\r\n\z/\n/ if $it->{wire};
			print {$out} $line or return;
		}
	}
	return $out->flush && close( $out ) ? $id : undef;
}

sub is_taken {
	my ( $id ) = @_;
	my @queues = map { "/var/spool/postfix/$_" } qw( maildrop incoming active deferred hold );
	return system( qw( grep -rqsF -- ), $id, @queues ) == 0
		|| system( qw( grep -qsF -- ), "message-id=$id", map { "/var/log/email-gateway/mail.log$_" } '', '.1' ) == 0;
}

sub submit {
	my ( $it ) = @_;
	my $child = fork // return 0;
	if ( $child == 0 ) {
		open( STDIN, '<', $whole ) && open( STDERR, '>', $errors ) && exec( '/usr/sbin/sendmail', '-i', '-f', $it->{sender}, '--', @{ $it->{to} } );
		exit 71;
	}
	waitpid( $child, 0 );
	return $? == 0;
}

sub note_doubt {
	open( my $note, '>:raw', $doubt ) or return 0;
	return print( {$note} map { "$_\n" } @_ ) && $note->flush && $note->sync && close $note;
}

my ( $in_doubt, $its_id ) = map { s/\n//r } lines_of( $doubt );
my ( $handed, $notices, $refused, $said ) = ( 0, 0, 0, '' );
my @in_order = former_messages();
# its doubt is forgotten with the next that is written down
for ( ( grep { $_->[1] eq ( $in_doubt // '' ) } @in_order ), grep { $_->[1] ne ( $in_doubt // '' ) } @in_order ) {
	last if time > $until;
	my ( undef, $path, $kind ) = @$_;
	my $it = read_message( $path, $kind );
	if ( $it && $it->{sender} eq '' ) {
		$notices++;
		next;
	}
	my $is_whole = $it && @{ $it->{to} } > 0 && @{ $it->{to} } <= $most_recipients;
	my $id = $is_whole ? write_whole( $it, $path =~ s{.*/}{}r =~ s/[^A-Za-z0-9-]//gr ) : undef;
	if ( ! defined $id ) {
		$refused++;
		next;
	}
	my $is_there = defined $its_id && $in_doubt eq $path && is_taken( $its_id );
	if ( ! $is_there ) {
		note_doubt( $path, $id ) or last;
		if ( ! submit( $it ) ) {
			$refused++;
			$said ||= join( '', lines_of( $errors ) );
			unlink $doubt;
			next;
		}
	}
	unlink( $path ) or last;
	unlink( $doubt, @{ $it->{also} } );
	$handed++;
}
unlink( $whole, $errors );
print 'said ', unpack( 'H*', substr( $said, 0, 300 ) ), "\n", "ended $handed $notices $refused\n";
