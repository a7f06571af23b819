/*
 * An echo on io_uring, by plain system calls: one multishot accept, one multishot receive for each connection into a
 * ring of buffers, and sends straight out of the buffers that were received into.
 *
 * Each worker has a ring of its own. The first one accepts and deals connections out in turn, by a message to the
 * other's ring: evenly, which the kernel's hash over several listeners of one port would not do.
 *
 * A connection has one send under way, so that bytes stay in order; what is received meanwhile waits in the list of its
 * buffers. One with too many of them is not read until they are sent, so that a slow reader leaves buffers to others.
 */
#include "c-server.h"

#include <linux/io_uring.h>
#include <pthread.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/syscall.h>

enum {
    REQUESTS = 4096,
    COMPLETIONS = 16384,
    BUFFERS = 1024, /* a power of two */
    BUFFER_BYTES = 16384,
    /* One cache line more, so that the beginnings of all buffers do not compete for the same few lines. */
    BUFFER_STRIDE = BUFFER_BYTES + 64,
    BUFFER_GROUP = 1,
    PIECES_OF_ONE = 16
};

enum operation { ACCEPT, DEAL, ADOPT, RECEIVE, SEND, CANCEL, CLOSE };

/* PAUSED: too many pieces wait. STARVED: there was no buffer. ENDED: for good. */
enum receiving { ARMED, PAUSED, STARVED, ENDED };

/* What is in a buffer and is not sent yet. */
struct piece {
    unsigned sent;
    unsigned size;
    int next;
};

/* Touched by its own worker only. Pieces are named by buffer plus one: nought is none. */
struct connection {
    int first;
    int last;
    int pieces;
    int next_starved; /* descriptor plus one */
    enum receiving receiving;
    char cancelling;
};

struct worker {
    int ring;
    unsigned *request_head, *request_tail, request_mask, request_filled;
    struct io_uring_sqe *requests;
    unsigned *completion_head, *completion_tail, completion_mask;
    struct io_uring_cqe *completions;
    struct io_uring_buf_ring *buffer_ring;
    unsigned short buffer_tail;
    char *buffers;
    struct piece pieces[BUFFERS + 1];
    int starved;
    int has_given_back;
};

static struct worker *workers;
static int worker_count;
static int listener;
static struct connection *connections; /* by descriptor */
static pthread_barrier_t rings_ready;

static void *mapped(size_t bytes, int flags, int fd, off_t offset) {
    void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, flags, fd, offset);
    if (memory == MAP_FAILED) {
        fail("mmap");
    }
    return memory;
}

/* Submits what is filled in, and waits for that many completions. */
static void enter(struct worker *worker, unsigned completions) {
    __atomic_store_n(&worker->buffer_ring->tail, worker->buffer_tail, __ATOMIC_RELEASE);
    __atomic_store_n(worker->request_tail, worker->request_filled, __ATOMIC_RELEASE);
    unsigned filled = worker->request_filled - __atomic_load_n(worker->request_head, __ATOMIC_ACQUIRE);
    if (syscall(__NR_io_uring_enter, worker->ring, filled, completions, IORING_ENTER_GETEVENTS, NULL, 0) < 0
            && errno != EINTR && errno != EAGAIN && errno != EBUSY) {
        fail("io_uring_enter");
    }
}

static struct io_uring_sqe *request(struct worker *worker, int opcode, enum operation operation, int fd) {
    while (worker->request_filled - __atomic_load_n(worker->request_head, __ATOMIC_ACQUIRE) == REQUESTS) {
        enter(worker, 0);
    }
    struct io_uring_sqe *request = &worker->requests[worker->request_filled++ & worker->request_mask];
    memset(request, 0, sizeof *request);
    request->opcode = opcode;
    request->fd = fd;
    request->user_data = (uint64_t) operation << 32 | (unsigned) fd;
    return request;
}

static void accept_connections(struct worker *worker) {
    struct io_uring_sqe *accept = request(worker, IORING_OP_ACCEPT, ACCEPT, listener);
    accept->ioprio = IORING_ACCEPT_MULTISHOT;
    accept->accept_flags = SOCK_CLOEXEC;
}

static void receive(struct worker *worker, int fd) {
    struct io_uring_sqe *receive = request(worker, IORING_OP_RECV, RECEIVE, fd);
    receive->ioprio = IORING_RECV_MULTISHOT;
    receive->flags = IOSQE_BUFFER_SELECT;
    receive->buf_group = BUFFER_GROUP;
    connections[fd].receiving = ARMED;
}

static char *bytes_of(struct worker *worker, int piece) {
    return worker->buffers + (size_t) (piece - 1) * BUFFER_STRIDE;
}

static void send_first(struct worker *worker, int fd) {
    int first = connections[fd].first;
    struct piece *piece = &worker->pieces[first];
    struct io_uring_sqe *send = request(worker, IORING_OP_SEND, SEND, fd);
    send->addr = (uintptr_t) (bytes_of(worker, first) + piece->sent);
    send->len = piece->size - piece->sent;
    send->msg_flags = MSG_NOSIGNAL | MSG_WAITALL;
}

static void give_back(struct worker *worker, int piece) {
    struct io_uring_buf *entry = &worker->buffer_ring->bufs[worker->buffer_tail++ & (BUFFERS - 1)];
    entry->addr = (uintptr_t) bytes_of(worker, piece);
    entry->len = BUFFER_BYTES;
    entry->bid = piece - 1;
    worker->has_given_back = 1;
}

static void close_if_done(struct worker *worker, int fd) {
    struct connection *connection = &connections[fd];
    if (connection->receiving == ENDED && connection->first == 0) {
        request(worker, IORING_OP_CLOSE, CLOSE, fd);
    }
}

static void drop_first(struct worker *worker, struct connection *connection) {
    int first = connection->first;
    connection->first = worker->pieces[first].next;
    connection->pieces--;
    give_back(worker, first);
}

static void on_accepted(struct worker *worker, int fd) {
    static int next;
    struct worker *target = &workers[next];
    next = (next + 1) % worker_count;
    if (target == worker) {
        connections[fd] = (struct connection) {0};
        receive(worker, fd);
        return;
    }
    struct io_uring_sqe *deal = request(worker, IORING_OP_MSG_RING, DEAL, target->ring);
    deal->len = fd;
    deal->off = (uint64_t) ADOPT << 32;
    deal->user_data = (uint64_t) DEAL << 32 | (unsigned) fd;
}

static void on_bytes(struct worker *worker, int fd, int piece, unsigned size) {
    struct connection *connection = &connections[fd];
    worker->pieces[piece] = (struct piece) {.size = size};
    connection->pieces++;
    if (connection->first == 0) {
        connection->first = connection->last = piece;
        send_first(worker, fd);
    } else {
        worker->pieces[connection->last].next = piece;
        connection->last = piece;
    }
    if (connection->pieces >= PIECES_OF_ONE && connection->receiving == ARMED && !connection->cancelling) {
        struct io_uring_sqe *cancel = request(worker, IORING_OP_ASYNC_CANCEL, CANCEL, fd);
        cancel->addr = (uint64_t) RECEIVE << 32 | (unsigned) fd;
        connection->cancelling = 1;
    }
}

static void on_receive_over(struct worker *worker, int fd, int result) {
    struct connection *connection = &connections[fd];
    connection->cancelling = 0;
    if (result == -ENOBUFS) {
        connection->receiving = STARVED;
        connection->next_starved = worker->starved;
        worker->starved = fd + 1;
    } else if (result <= 0 && result != -ECANCELED) {
        connection->receiving = ENDED;
        close_if_done(worker, fd);
    } else if (connection->pieces > 0) {
        connection->receiving = PAUSED;
    } else {
        receive(worker, fd);
    }
}

static void on_received(struct worker *worker, int fd, const struct io_uring_cqe *completion) {
    if (completion->flags & IORING_CQE_F_BUFFER) {
        int piece = (int) (completion->flags >> IORING_CQE_BUFFER_SHIFT) + 1;
        if (completion->res > 0) {
            on_bytes(worker, fd, piece, completion->res);
        } else {
            give_back(worker, piece);
        }
    }
    if (!(completion->flags & IORING_CQE_F_MORE)) {
        on_receive_over(worker, fd, completion->res);
    }
}

/* Nothing can be sent any more: a receive that is under way is made to end, and the connection with it. */
static void on_send_failed(struct worker *worker, int fd) {
    struct connection *connection = &connections[fd];
    while (connection->first != 0) {
        drop_first(worker, connection);
    }
    if (connection->receiving == PAUSED) {
        connection->receiving = ENDED;
    }
    shutdown(fd, SHUT_RDWR);
}

static void on_sent(struct worker *worker, int fd, int result) {
    struct connection *connection = &connections[fd];
    if (result < 0) {
        on_send_failed(worker, fd);
    } else {
        struct piece *piece = &worker->pieces[connection->first];
        piece->sent += result;
        if (piece->sent == piece->size) {
            drop_first(worker, connection);
        }
    }
    if (connection->first != 0) {
        send_first(worker, fd);
    } else if (connection->receiving == PAUSED) {
        receive(worker, fd);
    } else {
        close_if_done(worker, fd);
    }
}

static void on_completion(struct worker *worker, const struct io_uring_cqe *completion) {
    int fd = (int) (unsigned) completion->user_data;
    switch ((enum operation) (completion->user_data >> 32)) {
        case ACCEPT:
            if (completion->res >= 0) {
                on_accepted(worker, completion->res);
            }
            if (!(completion->flags & IORING_CQE_F_MORE)) {
                accept_connections(worker);
            }
            break;
        case DEAL:
            if (completion->res < 0) {
                close(fd);
            }
            break;
        case ADOPT:
            connections[completion->res] = (struct connection) {0};
            receive(worker, completion->res);
            break;
        case RECEIVE:
            on_received(worker, fd, completion);
            break;
        case SEND:
            on_sent(worker, fd, completion->res);
            break;
        case CANCEL:
        case CLOSE:
            break;
    }
}

static void feed_starved(struct worker *worker) {
    while (worker->has_given_back && worker->starved != 0) {
        int fd = worker->starved - 1;
        worker->starved = connections[fd].next_starved;
        receive(worker, fd);
    }
    worker->has_given_back = 0;
}

static void set_up_buffers(struct worker *worker) {
    int anonymous = MAP_PRIVATE | MAP_ANONYMOUS;
    worker->buffer_ring = mapped(BUFFERS * sizeof(struct io_uring_buf), anonymous, -1, 0);
    worker->buffers = mapped((size_t) BUFFERS * BUFFER_STRIDE, anonymous, -1, 0);
    struct io_uring_buf_reg group = {
        .ring_addr = (uintptr_t) worker->buffer_ring, .ring_entries = BUFFERS, .bgid = BUFFER_GROUP};
    if (syscall(__NR_io_uring_register, worker->ring, IORING_REGISTER_PBUF_RING, &group, 1) < 0) {
        fail("io_uring_register");
    }
    for (int piece = 1; piece <= BUFFERS; piece++) {
        give_back(worker, piece);
    }
}

/* On the worker's own thread: the kernel lets no other submit. */
static void set_up_ring(struct worker *worker) {
    struct io_uring_params parameters = {
        .flags = IORING_SETUP_CQSIZE | IORING_SETUP_SUBMIT_ALL | IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN,
        .cq_entries = COMPLETIONS};
    worker->ring = syscall(__NR_io_uring_setup, REQUESTS, &parameters);
    if (worker->ring < 0) {
        fail("io_uring_setup");
    }
    size_t requests_end = parameters.sq_off.array + parameters.sq_entries * sizeof(unsigned);
    size_t completions_end = parameters.cq_off.cqes + parameters.cq_entries * sizeof(struct io_uring_cqe);
    int shared = MAP_SHARED | MAP_POPULATE;
    char *rings = mapped(requests_end > completions_end ? requests_end : completions_end, shared, worker->ring,
            IORING_OFF_SQ_RING);
    worker->requests = mapped(
            parameters.sq_entries * sizeof(struct io_uring_sqe), shared, worker->ring, IORING_OFF_SQES);
    worker->request_head = (unsigned *) (rings + parameters.sq_off.head);
    worker->request_tail = (unsigned *) (rings + parameters.sq_off.tail);
    worker->request_mask = parameters.sq_entries - 1;
    worker->completion_head = (unsigned *) (rings + parameters.cq_off.head);
    worker->completion_tail = (unsigned *) (rings + parameters.cq_off.tail);
    worker->completion_mask = parameters.cq_entries - 1;
    worker->completions = (struct io_uring_cqe *) (rings + parameters.cq_off.cqes);
    unsigned *order = (unsigned *) (rings + parameters.sq_off.array);
    for (unsigned i = 0; i < parameters.sq_entries; i++) {
        order[i] = i;
    }
}

static void *work(void *argument) {
    struct worker *worker = argument;
    set_up_ring(worker);
    set_up_buffers(worker);
    pthread_barrier_wait(&rings_ready);
    if (worker == workers) {
        accept_connections(worker);
    }
    for (;;) {
        enter(worker, 1);
        unsigned head = *worker->completion_head;
        unsigned tail = __atomic_load_n(worker->completion_tail, __ATOMIC_ACQUIRE);
        while (head != tail) {
            on_completion(worker, &worker->completions[head++ & worker->completion_mask]);
        }
        __atomic_store_n(worker->completion_head, head, __ATOMIC_RELEASE);
        feed_starved(worker);
    }
    return NULL;
}

int main(int count, char **arguments) {
    worker_count = workers_asked_for(count, arguments);
    connections = allocated(all_descriptors(), sizeof *connections);
    workers = allocated(worker_count, sizeof *workers);
    listener = listen_on(atoi(arguments[1]), 0);
    pthread_barrier_init(&rings_ready, NULL, worker_count + 1);
    for (int i = 0; i < worker_count; i++) {
        pthread_t thread;
        if (pthread_create(&thread, NULL, work, &workers[i]) != 0) {
            fail("pthread_create");
        }
    }
    pthread_barrier_wait(&rings_ready);
    serve_until_input_ends(listener);
}
