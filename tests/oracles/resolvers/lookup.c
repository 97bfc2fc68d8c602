/* Looks up the name on each line of standard input, as any program would, and prints all its addresses on a line. */

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#ifndef EAI_NODATA
#define EAI_NODATA (-5)
#endif

static const char *failure(int code) {
    switch (code) {
    case EAI_NONAME: return "none";
    case EAI_NODATA: return "none";
    case EAI_AGAIN: return "again";
    default: return gai_strerror(code);
    }
}

static void look_up(const char *name) {
    struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM}, *found, *each;
    char text[INET6_ADDRSTRLEN];
    int code = getaddrinfo(name, NULL, &hints, &found);
    if (code) {
        printf("%s\n", failure(code));
        return;
    }
    for (each = found; each; each = each->ai_next) {
        const void *address = each->ai_family == AF_INET
            ? (const void *)&((struct sockaddr_in *)each->ai_addr)->sin_addr
            : (const void *)&((struct sockaddr_in6 *)each->ai_addr)->sin6_addr;
        printf("%s%s", each == found ? "" : " ", inet_ntop(each->ai_family, address, text, sizeof text));
    }
    printf("\n");
    freeaddrinfo(found);
}

int main(void) {
    char line[4096];
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = 0;
        look_up(line);
        fflush(stdout);
    }
    return 0;
}
