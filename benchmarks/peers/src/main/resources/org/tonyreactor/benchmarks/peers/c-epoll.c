/*
 * A minimal echo on epoll: level-triggered, one recv and one send for each ready socket, one buffer a worker.
 *
 * The first worker accepts and deals connections out to the workers' epolls in turn. Listeners of one port each would
 * do without the deal, but the kernel then spreads connections by a hash: with few connections unevenly.
 */
#include "c-server.h"

#include <pthread.h>
#include <sys/epoll.h>

enum { BUFFER_BYTES = 65536, EVENTS = 1024 };

/* What a socket did not take at once; it is not read while there is some. */
struct rest {
    size_t sent;
    size_t size;
    char bytes[];
};

struct worker {
    int epoll;
    char buffer[BUFFER_BYTES];
};

static struct worker *workers;
static int worker_count;
static int listener;
static struct rest **rests; /* by descriptor; each is touched by the worker of its connection only */

static void watch(int epoll, int operation, int fd, unsigned events) {
    struct epoll_event event = {.events = events, .data.fd = fd};
    if (epoll_ctl(epoll, operation, fd, &event) != 0) {
        fail("epoll_ctl");
    }
}

static void accept_all(void) {
    static int next;
    int fd;
    while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
        watch(workers[next].epoll, EPOLL_CTL_ADD, fd, EPOLLIN);
        next = (next + 1) % worker_count;
    }
}

static void end(int fd) {
    free(rests[fd]);
    rests[fd] = NULL;
    close(fd);
}

static int is_lasting(ssize_t result) {
    return result < 0 && errno != EAGAIN && errno != EINTR;
}

static void echo(struct worker *worker, int fd) {
    ssize_t size = recv(fd, worker->buffer, BUFFER_BYTES, 0);
    if (size == 0 || is_lasting(size)) {
        end(fd);
        return;
    }
    if (size < 0) {
        return;
    }
    ssize_t sent = send(fd, worker->buffer, size, MSG_NOSIGNAL);
    if (is_lasting(sent)) {
        end(fd);
    } else if (sent < size) {
        sent = sent < 0 ? 0 : sent;
        struct rest *rest = allocated(1, sizeof *rest + (size - sent));
        rest->size = size - sent;
        memcpy(rest->bytes, worker->buffer + sent, rest->size);
        rests[fd] = rest;
        watch(worker->epoll, EPOLL_CTL_MOD, fd, EPOLLOUT);
    }
}

static void go_on(struct worker *worker, int fd) {
    struct rest *rest = rests[fd];
    ssize_t sent = send(fd, rest->bytes + rest->sent, rest->size - rest->sent, MSG_NOSIGNAL);
    if (is_lasting(sent)) {
        end(fd);
        return;
    }
    rest->sent += sent < 0 ? 0 : sent;
    if (rest->sent == rest->size) {
        free(rest);
        rests[fd] = NULL;
        watch(worker->epoll, EPOLL_CTL_MOD, fd, EPOLLIN);
    }
}

static void *work(void *argument) {
    struct worker *worker = argument;
    struct epoll_event events[EVENTS];
    for (;;) {
        int count = epoll_wait(worker->epoll, events, EVENTS, -1);
        if (count < 0 && errno != EINTR) {
            fail("epoll_wait");
        }
        for (int i = 0; i < count; i++) {
            int fd = events[i].data.fd;
            if (fd == listener) {
                accept_all();
            } else if (rests[fd] != NULL) {
                go_on(worker, fd);
            } else {
                echo(worker, fd);
            }
        }
    }
    return NULL;
}

int main(int count, char **arguments) {
    worker_count = workers_asked_for(count, arguments);
    rests = allocated(all_descriptors(), sizeof *rests);
    workers = allocated(worker_count, sizeof *workers);
    listener = listen_on(atoi(arguments[1]), SOCK_NONBLOCK);
    for (int i = 0; i < worker_count; i++) {
        workers[i].epoll = epoll_create1(EPOLL_CLOEXEC);
        if (workers[i].epoll < 0) {
            fail("epoll_create1");
        }
    }
    watch(workers[0].epoll, EPOLL_CTL_ADD, listener, EPOLLIN);
    for (int i = 0; i < worker_count; i++) {
        pthread_t thread;
        if (pthread_create(&thread, NULL, work, &workers[i]) != 0) {
            fail("pthread_create");
        }
    }
    serve_until_input_ends(listener);
}
