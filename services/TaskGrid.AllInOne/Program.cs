using TaskGrid.AllInOne;

await AllInOneHost.Build(args).RunAsync();
