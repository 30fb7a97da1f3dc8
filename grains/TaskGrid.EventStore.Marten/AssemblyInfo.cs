using System.Runtime.CompilerServices;

// Tests ask PostgreSQL how it goes about the statements themselves.
[assembly: InternalsVisibleTo("TaskGrid.EventStore.Tests")]
