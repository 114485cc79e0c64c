// Sets PREFIX:0, PREFIX:1, … through go-redis' cluster client until its input ends: HOST:PORT PREFIX.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintf(os.Stderr, "usage: %s HOST:PORT PREFIX\n", os.Args[0])
		os.Exit(2)
	}
	address, prefix := os.Args[1], os.Args[2]
	var ended atomic.Bool
	go func() {
		io.Copy(io.Discard, os.Stdin)
		ended.Store(true)
	}()

	cluster := redis.NewClusterClient(&redis.ClusterOptions{Addrs: []string{address}})
	defer cluster.Close()
	written, slowest := 0, time.Duration(0)
	for ; !ended.Load(); written++ {
		start := time.Now()
		key := fmt.Sprintf("%s:%d", prefix, written)
		if err := cluster.Set(context.Background(), key, written, 0).Err(); err != nil {
			fmt.Printf("failed: %s: %v\n", key, err)
		}
		slowest = max(slowest, time.Since(start))
	}
	fmt.Printf("written: %d\nslowest: %d\n", written, slowest.Milliseconds())
}
