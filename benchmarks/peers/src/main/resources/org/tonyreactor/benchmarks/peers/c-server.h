/*
 * What the echoes in C have in common: the end of a program that cannot go on, the listening socket, and the life of the
 * process.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BACKLOG = 4096 };

static void fail(const char *what) {
    fprintf(stderr, "%s: %s\n", what, strerror(errno));
    exit(1);
}

static void *allocated(size_t count, size_t bytes) {
    void *memory = calloc(count, bytes);
    if (memory == NULL) {
        fail("memory");
    }
    return memory;
}

/* On 127.0.0.1; what is set here, accepted sockets inherit. */
static int listen_on(int port, int flags) {
    int one = 1;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | flags, 0);
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) != 0
            || setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one) != 0
            || bind(fd, (struct sockaddr *) &address, sizeof address) != 0 || listen(fd, BACKLOG) != 0) {
        fail("listen");
    }
    return fd;
}

/* As many as a JVM would take: all that are allowed. */
static rlim_t all_descriptors(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) {
        fail("getrlimit");
    }
    limit.rlim_cur = limit.rlim_max < 1 << 20 ? limit.rlim_max : 1 << 20;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0) {
        fail("setrlimit");
    }
    return limit.rlim_cur;
}

/* Says where it listens, and ends the process when standard input has ended. */
static void serve_until_input_ends(int listener) {
    struct sockaddr_in address;
    socklen_t size = sizeof address;
    char ignored[256];
    if (getsockname(listener, (struct sockaddr *) &address, &size) != 0) {
        fail("getsockname");
    }
    printf("listening %d\n", ntohs(address.sin_port));
    fflush(stdout);
    while (read(STDIN_FILENO, ignored, sizeof ignored) > 0) {
    }
    _exit(0);
}

/* Ends the process when the arguments are no port and number of workers. */
static int workers_asked_for(int count, char **arguments) {
    if (count != 3 || atoi(arguments[2]) < 1) {
        fprintf(stderr, "usage: %s PORT WORKERS\n", arguments[0]);
        exit(2);
    }
    return atoi(arguments[2]);
}
