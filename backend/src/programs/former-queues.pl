# Reads the queues of exim, sendmail, nullmailer and dma. What is read is data: nothing of it becomes code or a path.
# A message: { sender, to => [ … ], header, body => FILE, first => its first line that is none of the message's, or text
# for header and body, also => [ files that go with it ] }. What cannot be read is undef.
use strict;
use warnings;
use Fcntl qw( O_RDONLY O_NOFOLLOW );

# program whose presence says that it is still the mail system, names of its files, folders
my %spools = (
	exim       => [ '/usr/sbin/exim4', qr/-H$/, '/var/spool/exim4/input' ],
	sendmail   => [ '/usr/libexec/sendmail/sendmail', qr/^qf/, '/var/spool/mqueue', '/var/spool/mqueue-client' ],
	nullmailer => [ '/usr/sbin/nullmailer-send', qr/^[0-9.]+$/, '/var/spool/nullmailer/queue' ],
	dma        => [ '/usr/sbin/dma', qr/^Q/, '/var/spool/dma' ],
);
my %read = ( exim => \&exim, sendmail => \&sendmail, nullmailer => \&nullmailer, dma => \&dma );

# [ TIME, PATH, KIND ] of each, oldest first
sub former_messages {
	my @found;
	for my $kind ( keys %spools ) {
		my ( $program, $name, @folders ) = @{ $spools{$kind} };
		@folders = grep { -d } @folders;
		next if -e $program || ! @folders;
		open( my $list, '-|', 'find', @folders, qw( -type f -printf ), '%T@ %p\0' ) or next;
		local $/ = "\0";
		while ( my $line = <$list> ) {
			chomp $line;
			my ( $at, $path ) = split( / /, $line, 2 );
			push @found, [ $at, $path, $kind ] if $path =~ s{.*/}{}r =~ $name;
		}
	}
	return sort { $a->[0] <=> $b->[0] } @found;
}

sub read_message {
	my ( $path, $kind ) = @_;
	return $read{$kind}->( $path );
}

# whoever owned these folders must not make us read a file of others
sub opened {
	my ( $path ) = @_;
	sysopen( my $file, $path, O_RDONLY | O_NOFOLLOW ) or return;
	return -f $file ? $file : undef;
}
sub lines_of {
	my $file = opened( $_[0] ) or return;
	return if -s $file > 16 << 20;
	return <$file>;
}
sub bare { return $_[0] =~ /^<(.*)>$/ ? $1 : $_[0] }

sub exim {
	my ( $path ) = @_;
	my ( $stem, $id ) = $path =~ m{^(.*?([^/]+))-H$} or return;
	my @lines = lines_of( $path ) or return;
	my ( $name, undef, $from, undef ) = splice( @lines, 0, 4 );
	return unless $name eq "$id-H\n" && ( $from // '' ) =~ /^<(.*)>$/;
	my $sender = $1;
	my $wire = 0;
	while ( @lines && $lines[0] =~ /^-/ ) {
		my $option = shift @lines;
		$wire = 1 if $option =~ /^-spool_file_wireformat/;
		# the value of a variable follows, of so many bytes
		if ( $option =~ /^-+(?:\(.*?\))?acl.* (\d+)$/ ) {
			my $left = $1 + 1;
			$left -= length( shift @lines ) while @lines && $left > 0;
		}
	}
	# who has it already: a tree of them, or XX, and the journal of a delivery that was broken off
	my %done;
	shift @lines if @lines && $lines[0] eq "XX\n";
	while ( @lines && $lines[0] =~ /^[YN][YN] (.*)$/ ) {
		$done{ same( $1 ) } = 1;
		shift @lines;
	}
	for ( lines_of( "$stem-J" ) ) { $done{ same( $1 ) } = 1 if /^(\S.*?)\s*$/ }
	my $count = shift @lines // '';
	return unless $count =~ /^\d+$/ && $count <= @lines;
	my @to = grep { ! $done{ same( $_ ) } } map { exim_recipient( $_ ) } splice( @lines, 0, $count );
	return unless ( shift @lines // '' ) eq "\n";
	my $header = exim_header( join( '', @lines ) ) // return;
	my $log = "$stem" =~ s{/input/}{/msglog/}r;
	return {
		sender => $sender, to => \@to, header => $header, body => "$stem-D", first => "$id-D\n", wire => $wire,
		also => [ "$stem-D", "$stem-J", $log ],
	};
}

# LENGTH FLAG TEXT for each line; * is one that was taken out
sub exim_header {
	my ( $text ) = @_;
	my ( $header, $at ) = ( '', 0 );
	while ( $at < length $text ) {
		my ( $length, $flag ) = substr( $text, $at, 9 ) =~ /^(\d{3,6})(.) / or return;
		$at += length( $length ) + 2;
		return if $at + $length > length $text;
		$header .= substr( $text, $at, $length ) if $flag ne '*';
		$at += $length;
	}
	return $header;
}

# what exim tells of a recipient stands behind the address, with its length
sub exim_recipient {
	my ( $line ) = @_;
	chomp $line;
	my ( $length, $flags ) = $line =~ / (\d+),-?\d+#(\d+)$/ or return $line;
	$line =~ s/ \d+,-?\d+#\d+$//;
	$line = substr( $line, 0, -( $length + 1 ) );
	if ( $flags & 2 && $line =~ s/ (\d+),-?\d+$// ) {
		$line = substr( $line, 0, -( $1 + 1 ) );
	}
	return $line;
}
sub same {
	my ( $local, $domain ) = $_[0] =~ /^(.*)@(.*)$/ or return $_[0];
	return "$local@" . lc $domain;
}

sub sendmail {
	my ( $path ) = @_;
	my ( $folder, $id ) = $path =~ m{^(.*)/qf([^/]+)$} or return;
	my ( $sender, @to, @headers, $ended );
	my $last = '';
	for ( lines_of( $path ) ) {
		if ( /^[ \t]/ ) {
			$headers[-1] .= $_ if $last eq 'H';
			next;
		}
		$last = substr( $_, 0, 1 );
		$sender = bare( $1 ) if /^S(.*)$/;
		push @to, bare( $1 ) if /^R(?:[A-Za-z]*:)?(.*)$/;
		push @headers, $1 if /^H(?:\?[^?]*\?)?(.*\n)$/;
		$ended = 1 if $_ eq ".\n";
	}
	return unless $ended && defined $sender;
	# those are made at each delivery; \201 begins a macro
	my @kept = grep { ! /^(?:Return-Path|Full-Name):/i && ! /\201/ } @headers;
	return { sender => $sender, to => \@to, header => join( '', @kept ), body => "$folder/df$id", first => '', also => [ "$folder/df$id", "$folder/xf$id" ] };
}

sub nullmailer {
	my ( $sender, @rest ) = lines_of( $_[0] ) or return;
	my @to;
	push @to, shift @rest while @rest && $rest[0] ne "\n";
	return unless shift @rest;
	chomp( $sender, @to );
	return { sender => $sender, to => \@to, text => join( '', @rest ), also => [] };
}

# one file for each recipient; the messages are hard links of one
sub dma {
	my ( $path ) = @_;
	my $body = $path =~ s{/Q([^/]+)$}{/M$1}r;
	my %about = map { /^(Sender|Recipient): ?(.*)$/ ? ( $1 => $2 ) : () } lines_of( $path );
	return unless defined $about{Sender} && defined $about{Recipient};
	return { sender => bare( $about{Sender} ), to => [ $about{Recipient} ], text => join( '', lines_of( $body ) ), also => [ $body ] };
}
